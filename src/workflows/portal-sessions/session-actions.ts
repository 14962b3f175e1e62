import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { hashToken, mintToken } from "../../shared/token"
import type { PortalSessionTokenResponse } from "../../types/portal-session-http"
import type { Tenant } from "../../types/tenant"
import { verifyMfaChallenge } from "../account-security/mfa"
import { checkPassword } from "../account-security/password"
import type { Opener } from "./exchange-link"
import { LINK_SCOPES } from "./scopes"
import { portalOptions, portalSessions } from "./services"
import { sessionView } from "./views"

/** A second factor as somebody shows it. */
export type SecondFactor = { method: "totp" | "recovery_code"; code: string }

/** A portal session for somebody who is signed in with Medusa's own login. */
export async function openSessionOfCustomer(
  container: MedusaContainer,
  input: { tenant: Tenant; customer_id: string; opener: Opener }
): Promise<PortalSessionTokenResponse> {
  const { tenant, customer_id, opener } = input
  const { absoluteSeconds, idleSeconds } = portalOptions(container).sessions
  const token = mintToken("pss_")
  const row = await portalSessions(container).openSession({
    id: generateEntityId(undefined, "psess"),
    tenant_id: tenant.id,
    customer_id,
    created_via: "customer_auth",
    scopes: LINK_SCOPES,
    session_seconds: absoluteSeconds,
    session: {
      hash: hashToken(token),
      idle_seconds: idleSeconds,
      // The guard of that login has asked for the second factor already.
      mfa_state: "none",
      stepped_up: false,
      ...opener,
    },
  })
  await portalSessions(container).recordEvent({
    type: "session_started",
    tenant_id: tenant.id,
    customer_id,
    session_id: row.id,
    ip: opener.ip,
  })
  return { portal_session: sessionView(row), token }
}

/** The session that asks, by its id and the hash of its secret. */
type Asking = { session_id: string; session_hash: string; customer_id: string }

/**
 * Takes the second factor of a session that waits for it.
 *
 * @returns the session's new secret: the one before is worth nothing any more
 * @throws as the challenge: wrong, used before, or tried too often;
 * `session_revoked` (401) where the session has ended or has another secret by now
 */
export async function verifySessionMfa(
  container: MedusaContainer,
  input: Asking & SecondFactor
): Promise<string> {
  const { customer_id, method, code } = input
  await verifyMfaChallenge(container, { customer_id, method, code })
  return await goOn(container, input, true)
}

/**
 * Takes a proof that the person at a session still is the customer. It lasts ten
 * minutes, and opens what a link alone never does.
 *
 * @returns the session's new secret: the one before is worth nothing any more
 * @throws as `checkPassword` and the challenge; `session_revoked` (401) where the
 * session has ended or has another secret by now
 */
export async function stepUp(
  container: MedusaContainer,
  input: Asking & { proof: { password: string } | SecondFactor }
): Promise<string> {
  const { customer_id, proof } = input
  if ("password" in proof) {
    await checkPassword(container, { customer_id, password: proof.password })
  } else {
    await verifyMfaChallenge(container, { customer_id, ...proof })
  }
  return await goOn(container, input, !("password" in proof))
}

/** Who has seen the old secret does not come along to what the proof opens. */
async function goOn(
  container: MedusaContainer,
  { session_id, session_hash }: Asking,
  mfa: boolean
): Promise<string> {
  const token = mintToken("pss_")
  const isNoted = await portalSessions(container).markSteppedUp({
    id: session_id,
    mfa,
    secret: { before: session_hash, after: hashToken(token) },
  })
  if (!isNoted) {
    throw portalError("session_revoked")
  }
  return token
}

/** Ends a session that its owner ends. Ending it again: nothing. */
export async function endSession(
  container: MedusaContainer,
  input: { tenant: Tenant; customer_id: string; session_id: string }
): Promise<void> {
  await portalSessions(container).completeSession(input.session_id)
  await portalSessions(container).recordEvent({
    type: "session_ended",
    tenant_id: input.tenant.id,
    customer_id: input.customer_id,
    session_id: input.session_id,
  })
}

/**
 * Ends a link or session of a customer.
 *
 * @throws `not_found` where it is not theirs, or has ended
 */
export async function revokeOne(
  container: MedusaContainer,
  input: {
    id: string
    reason: string
    tenant_id?: string
    customer_id?: string
  }
): Promise<void> {
  if (!(await portalSessions(container).revokeSession(input))) {
    throw portalError("not_found")
  }
}
