import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../../errors/error-handler"
import { previewAddOnce } from "../../../../../../../workflows/subscription-actions/add-once"
import { scopeOf } from "../../../../../../../workflows/subscription-reads/reader"
import { pathId } from "../../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../../_lib/portal-guard"
import type { AddOncePreviewBody } from "../../../../../../_lib/subscription-action-bodies"

/** `POST /store/portal/subscriptions/:id/add-once/preview`: the next order with it. */
export const POST = withPortalErrors(
  async (req: PortalRequest<AddOncePreviewBody>, res: MedusaResponse) => {
    res.json({
      next_charge: await previewAddOnce(
        req.scope,
        { scope: scopeOf(req.portal), id: pathId(req) },
        req.validatedBody
      ),
    })
  }
)
