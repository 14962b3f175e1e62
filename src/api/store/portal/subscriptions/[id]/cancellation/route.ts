import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { retrieveCancellation } from "../../../../../../workflows/subscription-actions/retrieve-cancellation"
import { scopeOf } from "../../../../../../workflows/subscription-reads/reader"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `GET /store/portal/subscriptions/:id/cancellation`: what a cancellation would do. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({
      cancellation: await retrieveCancellation(req.scope, {
        scope: scopeOf(req.portal),
        id: pathId(req),
        actor: { type: "customer", id: req.portal.customer_id },
      }),
    })
  }
)
