import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../../errors/error-handler"
import { previewResubscribe } from "../../../../../../../workflows/subscription-actions/resubscribe"
import { scopeOf } from "../../../../../../../workflows/subscription-reads/reader"
import { pathId } from "../../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../../_lib/portal-guard"

/** `POST /store/portal/subscriptions/:id/resubscribe/preview`: what it would cost. */
export const POST = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({
      next_charge: await previewResubscribe(req.scope, {
        scope: scopeOf(req.portal),
        id: pathId(req),
      }),
    })
  }
)
