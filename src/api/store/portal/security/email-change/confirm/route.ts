import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { confirmEmailChange } from "../../../../../../workflows/account-security/change-email"
import type { PortalRequest } from "../../../../../_lib/portal-guard"
import type { EmailConfirmBody } from "../../validators"

/** `POST /store/portal/security/email-change/confirm`: the code of one mailbox. */
export const POST = withPortalErrors(
  async (req: PortalRequest<EmailConfirmBody>, res: MedusaResponse) => {
    const { tenant, customer_id, session } = req.portal
    res.json({
      email_change: await confirmEmailChange(req.scope, {
        tenant,
        customer_id,
        ...req.validatedBody,
        keep_session_id: session?.id,
      }),
    })
  }
)
