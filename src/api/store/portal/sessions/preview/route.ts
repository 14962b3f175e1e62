import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { previewLink } from "../../../../../workflows/portal-sessions/exchange-link"
import type { PublicPortalRequest } from "../../../../_lib/portal-guard"
import type { LinkBody } from "../validators"

/** `POST /store/portal/sessions/preview`: whom a link is for; opens nothing. */
export const POST = withPortalErrors(
  async (req: PublicPortalRequest<LinkBody>, res: MedusaResponse) => {
    res.json(
      await previewLink(req.scope, {
        token: req.validatedBody.token,
        tenant: req.portal.tenant,
      })
    )
  }
)
