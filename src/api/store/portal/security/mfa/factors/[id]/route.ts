import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../../errors/error-handler"
import { removeFactor } from "../../../../../../../workflows/account-security/mfa-enrolment"
import { pathId } from "../../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../../_lib/portal-guard"
import type { MfaRemoveBody } from "../../../validators"

/** `DELETE /store/portal/security/mfa/factors/:id`: switches a second factor off. */
export const DELETE = withPortalErrors(
  async (req: PortalRequest<MfaRemoveBody>, res: MedusaResponse) => {
    const { customer_id, session } = req.portal
    const factor = await removeFactor(req.scope, {
      customer_id,
      factor_id: pathId(req),
      ...req.validatedBody,
      keep_session_id: session?.id,
    })
    res.json({ factor })
  }
)
