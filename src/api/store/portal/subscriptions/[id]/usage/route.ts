import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { scopeOf } from "../../../../../../workflows/subscription-reads/reader"
import { retrieveUsage } from "../../../../../../workflows/subscription-reads/retrieve-usage"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `GET /store/portal/subscriptions/:id/usage`: what is not charged yet. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({
      usage: await retrieveUsage(req.scope, {
        scope: scopeOf(req.portal),
        id: pathId(req),
      }),
    })
  }
)
