import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { portalError } from "../../../../../errors/portal-error"
import { beginEmailChange } from "../../../../../workflows/account-security/change-email"
import { checkPassword } from "../../../../../workflows/account-security/password"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { EmailChangeBody } from "../validators"

/** `POST /store/portal/security/email-change`: mails a code to both addresses. */
export const POST = withPortalErrors(
  async (req: PortalRequest<EmailChangeBody>, res: MedusaResponse) => {
    const { tenant, customer_id, customer } = req.portal
    const { email, current_password } = req.validatedBody
    if (!customer.has_account) {
      throw portalError("account_required")
    }
    if (current_password !== undefined) {
      await checkPassword(req.scope, {
        customer_id,
        password: current_password,
      })
    }
    const email_change = await beginEmailChange(req.scope, {
      tenant,
      customer_id,
      old_email: customer.email,
      email,
    })
    res.status(202).json({ email_change })
  }
)
