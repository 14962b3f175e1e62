import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../../errors/error-handler"
import { previewAddress } from "../../../../../../../workflows/subscription-actions/change-address"
import { scopeOf } from "../../../../../../../workflows/subscription-reads/reader"
import { pathId } from "../../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../../_lib/portal-guard"
import type { AddressPreviewBody } from "../../../../../../_lib/delivery-address-body"

/** `POST /store/portal/subscriptions/:id/address/preview`: what it would cost there. */
export const POST = withPortalErrors(
  async (req: PortalRequest<AddressPreviewBody>, res: MedusaResponse) => {
    res.json({
      next_charge: await previewAddress(
        req.scope,
        { scope: scopeOf(req.portal), id: pathId(req) },
        req.validatedBody.shipping_address
      ),
    })
  }
)
