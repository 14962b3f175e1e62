import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { revokeEverything } from "../../../../../../workflows/portal-sessions/revoke-everything"
import { pathId } from "../../../../../_lib/path-id"
import type { RevokeBody } from "../../../sessions/validators"

/**
 * `POST /admin/portal/customers/:id/revoke-sessions`: ends all links and sessions
 * of a customer, and what Medusa's own login issued.
 */
export const POST = withPortalErrors(
  async (req: AuthenticatedMedusaRequest<RevokeBody>, res: MedusaResponse) => {
    const revoked = await revokeEverything(req.scope, {
      customer_id: pathId(req),
      reason: req.validatedBody.reason,
      actor_id: req.auth_context.actor_id,
    })
    res.json({ revoked })
  }
)
