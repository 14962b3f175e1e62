import {
  authenticate,
  type AuthenticatedMedusaRequest,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"
import { portalError } from "../../../errors/portal-error"
import { PORTAL_SCOPES } from "../../../types/portal-session"
import type { Credential } from "../portal-guard"
import { bearerToken, cookieCustomer } from "./read"

// Medusa lets `/store` pass unauthenticated and then does not look at MFA. These
// look: MFA is required wherever the customer has switched it on.
const byBearer = authenticate("customer", ["bearer"])
const byCookie = authenticate("customer", ["session"])

/**
 * A normal customer login of Medusa's: bearer token or session cookie. Core
 * prefers the cookie where both are there; here both must be the same person's.
 *
 * @throws `unauthorized` (401); `ambiguous_credentials` (400)
 */
export async function customerLogin(req: MedusaRequest): Promise<Credential> {
  const shown = bearerToken(req)
  const cookie = cookieCustomer(req)
  const customer_id = await passes(
    req,
    shown === undefined ? byCookie : byBearer
  )
  if (shown !== undefined && cookie !== undefined && cookie !== customer_id) {
    throw portalError("ambiguous_credentials")
  }
  return { customer_id, scopes: PORTAL_SCOPES, session: null }
}

async function passes(
  req: MedusaRequest,
  middleware: ReturnType<typeof authenticate>
): Promise<string> {
  const verdict = { passed: false, message: undefined as string | undefined }
  // Medusa's middleware answers a refusal by itself. Ours has another shape, so
  // it is given a response that only remembers.
  const refusal = {
    status: () => refusal,
    json: (body: { message?: string }) => {
      verdict.message = body.message
    },
  }
  const pass = () => {
    verdict.passed = true
  }
  // Typed as if it answered at once; it is a promise.
  await Promise.resolve(
    middleware(req, refusal as unknown as MedusaResponse, pass)
  )
  if (!verdict.passed) {
    throw portalError("unauthorized", { message: verdict.message })
  }
  return (req as AuthenticatedMedusaRequest).auth_context.actor_id
}
