import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { portalError } from "../../../../../errors/portal-error"
import { verifySessionMfa } from "../../../../../workflows/portal-sessions/session-actions"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { MfaBody } from "../validators"

/** `POST /store/portal/session/mfa`: the second factor that a link leaves open. */
export const POST = withPortalErrors(
  async (req: PortalRequest<MfaBody>, res: MedusaResponse) => {
    const { session, customer_id } = req.portal
    if (session?.mfa_state !== "pending" || session.member_id) {
      throw portalError("transition_not_allowed")
    }
    await verifySessionMfa(req.scope, {
      session_id: session.id,
      customer_id,
      ...req.validatedBody,
    })
    res.json({ id: session.id, mfa_state: "verified" })
  }
)
