import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
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
    res.json({ next_charge })
  }
)
