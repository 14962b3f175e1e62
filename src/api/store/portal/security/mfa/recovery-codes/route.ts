import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { renewRecoveryCodes } from "../../../../../../workflows/account-security/mfa-enrolment"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `POST /store/portal/security/mfa/recovery-codes`: new ones, shown this once. */
export const POST = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { customer_id } = req.portal
    res.json({
      recovery_codes: await renewRecoveryCodes(req.scope, customer_id),
    })
  }
)
