import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { recordTask } from "../../../../../../workflows/portal-sessions/record-task"
import { scopeOf } from "../../../../../../workflows/subscription-reads/reader"
import { retrieveNextCharge } from "../../../../../../workflows/subscription-reads/retrieve-next-charge"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `GET /store/portal/subscriptions/:id/next-charge` */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const next_charge = await retrieveNextCharge(req.scope, {
      scope: scopeOf(req.portal),
      id: pathId(req),
    })
    // Who sees what comes next need not ask for it.
    await recordTask(req.scope, req.portal, "next_charge_viewed")
    res.json({ next_charge })
  }
)
