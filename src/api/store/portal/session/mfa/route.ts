import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { portalError } from "../../../../../errors/portal-error"
import type { SecondFactorResponse } from "../../../../../types/portal-session-http"
import { verifySessionMfa } from "../../../../../workflows/portal-sessions/session-actions"
import { sessionHash } from "../../../../_lib/credentials/session-hash"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { MfaBody } from "../validators"

/**
 * `POST /store/portal/session/mfa`: the second factor that a link leaves open. The
 * session goes on with another token.
 */
export const POST = withPortalErrors(
  async (req: PortalRequest<MfaBody>, res: MedusaResponse) => {
    const { session, customer_id } = req.portal
    if (session?.mfa_state !== "pending" || session.member_id) {
      throw portalError("transition_not_allowed")
    }
    const token = await verifySessionMfa(req.scope, {
      session_id: session.id,
      session_hash: sessionHash(req),
      customer_id,
      ...req.validatedBody,
    })
    res.json({
      id: session.id,
      mfa_state: "verified",
      token,
    } satisfies SecondFactorResponse)
  }
)
