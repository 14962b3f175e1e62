import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { portalError } from "../../../../../errors/portal-error"
import type { StepUpResponse } from "../../../../../types/portal-session-http"
import { stepUp } from "../../../../../workflows/portal-sessions/session-actions"
import { sessionHash } from "../../../../_lib/credentials/session-hash"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { StepUpBody } from "../validators"

/**
 * `POST /store/portal/session/step-up`: shows once more that it is the customer. The
 * session goes on with another token.
 */
export const POST = withPortalErrors(
  async (req: PortalRequest<StepUpBody>, res: MedusaResponse) => {
    const { session, customer_id } = req.portal
    if (!session || session.impersonator_id || session.member_id) {
      throw portalError("transition_not_allowed")
    }
    const token = await stepUp(req.scope, {
      session_id: session.id,
      session_hash: sessionHash(req),
      customer_id,
      proof: req.validatedBody,
    })
    res.json({
      id: session.id,
      stepped_up: true,
      token,
    } satisfies StepUpResponse)
  }
)
