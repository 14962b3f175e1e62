import type { MedusaRequest } from "@medusajs/framework/http"
import { portalError } from "../../../errors/portal-error"
import { covers, scopesOfRole } from "../../../workflows/portal-sessions/scopes"
import {
  portalOptions,
  portalSessions,
} from "../../../workflows/portal-sessions/services"
import { hashToken, parseToken } from "../../../shared/token"
import type { Tenant } from "../../../types/tenant"
import type { Credential } from "../portal-guard"
import { bearerToken, cookieCustomer } from "./read"

/** Prefix of the secret of a session. */
export const SESSION_PREFIX = "pss_"

/**
 * A portal session's token. Where a request shows one, nothing else counts: a
 * dead session never becomes somebody by a cookie beside it.
 *
 * @returns undefined where the request shows none
 * @throws `unauthorized`, `portal_session_expired`, `session_revoked` (401);
 * `ambiguous_credentials` where a cookie says somebody else
 */
export async function sessionToken(
  req: MedusaRequest,
  tenant: Tenant
): Promise<Credential | undefined> {
  const shown = bearerToken(req)
  if (!shown?.startsWith(SESSION_PREFIX)) {
    return undefined
  }
  const token = parseToken(SESSION_PREFIX, shown)
  const session =
    token &&
    (await portalSessions(req.scope).authenticate({
      session_hash: hashToken(token),
      tenant_id: tenant.id,
      idle_seconds: portalOptions(req.scope).sessions.idleSeconds,
    }))
  if (!session) {
    throw portalError("unauthorized")
  }
  if (session.status !== "active") {
    throw portalError("session_revoked")
  }
  if (session.is_expired) {
    throw portalError("portal_session_expired")
  }
  if (session.member_id && session.member_status !== "active") {
    throw portalError("session_revoked")
  }
  const cookie = cookieCustomer(req)
  // A member is signed in as themselves, and acts in the account of another.
  const person = session.member_id
    ? session.member_customer_id
    : session.customer_id
  if (cookie && cookie !== person) {
    throw portalError("ambiguous_credentials")
  }
  const role = session.member_role && scopesOfRole(session.member_role)
  return {
    customer_id: session.customer_id,
    // The role as it is now, whatever it was when the session began.
    scopes: role
      ? session.scopes.filter((scope) => covers(role, scope))
      : session.scopes,
    session: {
      id: session.id,
      flow: session.flow_type
        ? { type: session.flow_type, data: session.flow_data ?? {} }
        : null,
      mfa_state: session.mfa_state,
      is_stepped_up: session.is_stepped_up,
      impersonator_id: session.impersonator_id,
      member_id: session.member_id,
      return_url: session.return_url,
      after_completion: session.after_completion,
      locale: session.locale,
      expires_at: iso(session.session_expires_at),
      idle_expires_at: iso(session.idle_expires_at),
    },
  }
}

function iso(time: Date | string | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
