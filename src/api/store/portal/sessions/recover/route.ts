import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { recoverLink } from "../../../../../workflows/portal-sessions/recover-link"
import type { PublicPortalRequest } from "../../../../_lib/portal-guard"
import type { LinkBody } from "../validators"

/** `POST /store/portal/sessions/recover`: mails a fresh link to the address on file. */
export const POST = withPortalErrors(
  async (req: PublicPortalRequest<LinkBody>, res: MedusaResponse) => {
    const expires_in = await recoverLink(req.scope, {
      token: req.validatedBody.token,
      tenant: req.portal.tenant,
    })
    res.status(202).json({ recovery: { expires_in } })
  }
)
