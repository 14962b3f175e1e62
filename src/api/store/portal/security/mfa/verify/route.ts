import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { verifyTotpEnrolment } from "../../../../../../workflows/account-security/mfa-enrolment"
import type { PortalRequest } from "../../../../../_lib/portal-guard"
import type { MfaVerifyBody } from "../../validators"

/** `POST /store/portal/security/mfa/verify`: the first code of an authenticator app. */
export const POST = withPortalErrors(
  async (req: PortalRequest<MfaVerifyBody>, res: MedusaResponse) => {
    const { customer_id, session } = req.portal
    const factor = await verifyTotpEnrolment(req.scope, {
      customer_id,
      ...req.validatedBody,
      keep_session_id: session?.id,
    })
    res.json({ factor })
  }
)
