import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { changePassword } from "../../../../../workflows/account-security/password"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { PasswordBody } from "../validators"

/** `POST /store/portal/security/password`: another password, with the present one. */
export const POST = withPortalErrors(
  async (req: PortalRequest<PasswordBody>, res: MedusaResponse) => {
    const { customer_id, session } = req.portal
    await changePassword(req.scope, {
      customer_id,
      ...req.validatedBody,
      keep_session_id: session?.id,
    })
    res.json({ changed: true })
  }
)
