import type { MedusaRequest } from "@medusajs/framework/http"
import { portalError } from "../../errors/portal-error"
import { covers, flowObject } from "../../workflows/portal-sessions/scopes"
import { portalSessions } from "../../workflows/portal-sessions/services"
import type { PortalContext } from "./portal-guard"
import type { ruleOf } from "./portal-routes"

/**
 * Whether somebody who is known may call this route. A login of Medusa's own may
 * call each; a portal session what its scopes, its flow and its second factor
 * allow, and a route without a rule never.
 *
 * @throws `mfa_required`, `step_up_required`, `portal_scope_missing` (403)
 */
export async function permit(
  req: MedusaRequest,
  portal: PortalContext,
  route: ReturnType<typeof ruleOf>
): Promise<void> {
  const { session, scopes } = portal
  if (!route) {
    throw portalError("not_found")
  }
  if (!session || route.rule.needs === "session") {
    return
  }
  if (session.mfa_state === "pending") {
    throw portalError("mfa_required")
  }
  const { needs, object } = route.rule
  if (needs === "public") {
    return
  }
  const bound = flowObject(session.flow)
  const isOther =
    bound !== null && (object !== bound.kind || route.id !== bound.id)
  const isAllowed =
    needs === "security:w"
      ? covers(scopes, "security:r") && !session.impersonator_id
      : covers(scopes, needs)
  if (isOther || !isAllowed) {
    throw portalError("portal_scope_missing", { details: { needs } })
  }
  if (needs === "security:w" && !session.is_stepped_up) {
    throw portalError("step_up_required")
  }
  if (session.impersonator_id) {
    await audit(req, portal, session.impersonator_id)
  }
}

/** What an admin does in a customer's place is written down, each call. */
async function audit(
  req: MedusaRequest,
  { tenant, customer_id, session }: PortalContext,
  impersonator: string
): Promise<void> {
  const [path = ""] = req.originalUrl.split("?")
  await portalSessions(req.scope).recordEvent({
    type: "impersonated_request",
    tenant_id: tenant.id,
    customer_id,
    session_id: session?.id,
    actor_id: impersonator,
    data: { method: req.method, path: path.slice(0, 200) },
  })
}
