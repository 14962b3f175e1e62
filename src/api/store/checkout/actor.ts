import type { MedusaRequest } from "@medusajs/framework/http"

/**
 * The customer who is signed in, on routes where nobody has to be. Core reads the
 * login of every store request.
 */
export function customerOf(req: MedusaRequest): string | undefined {
  const { auth_context: login } = req as MedusaRequest & {
    auth_context?: { actor_id?: string; actor_type?: string }
  }
  return login?.actor_type === "customer" && login.actor_id
    ? login.actor_id
    : undefined
}
