import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId, Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { codeMatches, normaliseCode } from "../../shared/short-code"
import { mintToken } from "../../shared/token"
import { PortalAccessEvents } from "../../types/events"
import type { PortalSessionTokenResponse } from "../../types/portal-session-http"
import type { Tenant } from "../../types/tenant"
import { enforceLimits } from "../limits/enforce-limits"
import { announce, redemptionOf, type Opener } from "./exchange-link"
import { requireReturnUrl } from "./return-url"
import { pseudonym } from "./secrets"
import { portalOptions, portalSessions } from "./services"
import { sessionView } from "./views"

/**
 * Takes a request for a sign-in mail. Everything that depends on the address
 * happens in a subscriber, after the answer: neither its content nor its time
 * says whether the address is known.
 *
 * @returns the request's id, which the browser keeps: the code works with it only
 * @throws `return_url_invalid` (400), `rate_limited` (429)
 */
export async function requestLogin(
  container: MedusaContainer,
  input: {
    tenant: Tenant
    email: string
    return_url?: string
    locale?: string
    ip: string | null
  }
): Promise<{ id: string; expires_in: number }> {
  const { tenant, email, ip } = input
  requireReturnUrl(tenant, input.return_url)
  await enforceLimits(container, [
    { limit: "loginPerIp", key: ip ?? "" },
    { limit: "loginPerTenant", key: tenant.id },
  ])
  const id = generateEntityId(undefined, "plreq")
  const seconds = portalOptions(container).sessions.linkSeconds
  await portalSessions(container).insertLoginRequest({
    id,
    tenant_id: tenant.id,
    email,
    email_hash: pseudonym(container, email.toLowerCase()),
    seconds,
    ip,
    return_url: input.return_url ?? null,
    locale: input.locale ?? null,
  })
  // The id and nothing else: an event bus may keep what it carries.
  await container
    .resolve(Modules.EVENT_BUS)
    .emit({ name: PortalAccessEvents.LOGIN_REQUESTED, data: { id } })
  return { id, expires_in: seconds }
}

/**
 * Signs in with the code of a sign-in mail, in the browser that asked for it.
 *
 * @throws `not_found` for no request of this tenant; `login_code_invalid` (401); `login_code_expired` (410) where it was used,
 * is too old, or was guessed too often; `rate_limited` (429)
 */
export async function verifyLoginCode(
  container: MedusaContainer,
  input: { id: string; code: string; tenant: Tenant; opener: Opener }
): Promise<PortalSessionTokenResponse> {
  const { id, tenant, opener } = input
  const sessions = portalSessions(container)
  await enforceLimits(container, [
    { limit: "verifyPerIp", key: opener.ip ?? "" },
  ])
  const attempt = await sessions.takeCodeAttempt({ id, tenant_id: tenant.id })
  if (attempt.status === "unknown") {
    throw portalError("not_found")
  }
  if (attempt.status !== "open") {
    throw portalError("login_code_expired")
  }
  // Also without a code to compare with: the time must not tell.
  const code = normaliseCode(input.code)
  const matches = await codeMatches(code, attempt.code_hash)
  if (!matches || !attempt.session_id) {
    throw portalError("login_code_invalid")
  }
  const session = await sessions.retrievePortalSession(attempt.session_id, {
    select: ["id", "customer_id"],
  })
  const token = mintToken("pss_")
  const row = await sessions.redeemCode({
    request_id: id,
    session_id: attempt.session_id,
    redemption: await redemptionOf(
      container,
      session.customer_id,
      token,
      opener
    ),
  })
  if (!row) {
    throw portalError("login_code_expired")
  }
  await announce(container, row, opener)
  return { portal_session: sessionView(row), token }
}
