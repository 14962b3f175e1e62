import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { openAccount } from "../../../../../workflows/account-security/open-account"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { AccountBody } from "../validators"

/**
 * `POST /store/portal/security/account`: a guest becomes an account, and an account
 * without a password gets one.
 */
export const POST = withPortalErrors(
  async (req: PortalRequest<AccountBody>, res: MedusaResponse) => {
    const { tenant, customer_id, customer, session } = req.portal
    const { password } = req.validatedBody
    await openAccount(req.scope, {
      tenant,
      customer_id,
      ...customer,
      password,
      session_id: session?.id ?? null,
    })
    res.status(201).json({ has_account: true })
  }
)
