import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import type { PortalErrorCode } from "../../errors/codes"
import { portalError } from "../../errors/portal-error"
import { hashToken, mintToken, parseToken } from "../../shared/token"
import type { AccountView } from "../../types/account-http"
import type { PortalScope } from "../../types/portal-session"
import type { PortalSessionTokenResponse } from "../../types/portal-session-http"
import type { Tenant } from "../../types/tenant"
import type { Opener } from "../portal-sessions/exchange-link"
import { covers, LINK_SCOPES, scopesOfRole } from "../portal-sessions/scopes"
import { portalOptions, portalSessions } from "../portal-sessions/services"
import { sessionView } from "../portal-sessions/views"
import { INVITE_PREFIX } from "./invite-member"
import { holdersOf } from "./views"

const MOST_ACCOUNTS = 100

/** Somebody who acts as themselves. */
export type Person = { tenant: Tenant; customer_id: string; email: string }

/**
 * The scopes of a member's session, before the role narrows them at each request.
 * The security of an account is its customer's alone.
 */
const MEMBER_SCOPES = LINK_SCOPES.filter(
  (scope) => !scope.startsWith("security:")
)

/**
 * Takes an invitation up. The token came by mail to the invited address, and only
 * who has that address can use it: a mail that was passed on makes nobody a member.
 * Anybody can register with an address, so the address alone is not enough, but that
 * its customer has read mail there.
 *
 * @throws `member_invite_invalid` (401) for an unknown token, another address or
 * another tenant; `mailbox_not_proven` (403) where nobody has shown yet that the
 * address is theirs; `member_invite_over` (410) once used, taken back or too old
 */
export async function acceptInvitation(
  container: MedusaContainer,
  person: Person,
  shown: string
): Promise<AccountView> {
  const token = parseToken(INVITE_PREFIX, shown)
  if (!token) {
    throw portalError("member_invite_invalid")
  }
  const sessions = portalSessions(container)
  const key = { invite_hash: hashToken(token), tenant_id: person.tenant.id }
  const email = person.email.toLowerCase()
  const row = await sessions.acceptInvitation({
    ...key,
    email,
    customer_id: person.customer_id,
  })
  if (!row) {
    throw portalError(await whyNot(sessions, { ...key, ...person, email }))
  }
  await sessions.recordEvent({
    type: "member_joined",
    tenant_id: row.tenant_id,
    customer_id: row.account_customer_id,
    actor_id: row.id,
    data: { role: row.role },
  })
  const holders = await holdersOf(container, [row.account_customer_id])
  return accountView(row, holders)
}

/** What keeps somebody from an invitation that they hold the token of. */
async function whyNot(
  sessions: ReturnType<typeof portalSessions>,
  input: {
    invite_hash: string
    tenant_id: string
    customer_id: string
    email: string
  }
): Promise<PortalErrorCode> {
  const found = await sessions.findInvitation(input)
  if (found?.email !== input.email) {
    return "member_invite_invalid"
  }
  const proven = await sessions.findVerifiedEmail(input.customer_id)
  return found.status === "invited" && proven !== input.email
    ? "mailbox_not_proven"
    : "member_invite_over"
}

/** The accounts that somebody is a member of, besides their own. */
export async function listAccounts(
  container: MedusaContainer,
  { tenant, customer_id }: Person
): Promise<AccountView[]> {
  const rows = await portalSessions(container).listMemberships({
    tenant_id: tenant.id,
    member_customer_id: customer_id,
    limit: MOST_ACCOUNTS,
  })
  const holders = await holdersOf(
    container,
    rows.map((row) => row.account_customer_id)
  )
  return rows
    .filter((row) => holders.has(row.account_customer_id))
    .map((row) => accountView(row, holders))
}

/**
 * A session in the account of somebody else, for its member. It can never do more
 * than the session that it was asked for with.
 *
 * @throws `not_found` for an account that the caller is no member of
 */
export async function openMemberSession(
  container: MedusaContainer,
  person: Person,
  input: { account_id: string; scopes: readonly PortalScope[]; opener: Opener }
): Promise<PortalSessionTokenResponse> {
  const { tenant } = person
  const { opener, scopes, account_id } = input
  const sessions = portalSessions(container)
  const member = await sessions.findMembership({
    tenant_id: tenant.id,
    account_customer_id: account_id,
    member_customer_id: person.customer_id,
  })
  if (!member || !(await holdersOf(container, [account_id])).has(account_id)) {
    throw portalError("not_found")
  }
  const { absoluteSeconds, idleSeconds } = portalOptions(container).sessions
  const token = mintToken("pss_")
  const row = await sessions.openSession({
    id: generateEntityId(undefined, "psess"),
    tenant_id: tenant.id,
    customer_id: account_id,
    member_id: member.id,
    created_via: "member",
    created_by: person.customer_id,
    scopes: MEMBER_SCOPES.filter((scope) => covers(scopes, scope)),
    session_seconds: absoluteSeconds,
    session: {
      hash: hashToken(token),
      idle_seconds: idleSeconds,
      // The guard has asked the caller for a second factor of their own.
      mfa_state: "none",
      stepped_up: false,
      ...opener,
    },
  })
  await sessions.recordEvent({
    type: "session_started",
    tenant_id: tenant.id,
    customer_id: account_id,
    session_id: row.id,
    actor_id: member.id,
    ip: opener.ip,
  })
  const role = scopesOfRole(member.role)
  const view = sessionView(row)
  return {
    portal_session: {
      ...view,
      scopes: view.scopes.filter((scope) => covers(role, scope)),
    },
    token,
  }
}

function accountView(
  row: {
    account_customer_id: string
    role: AccountView["role"]
    joined_at: Date | string | null
  },
  holders: Awaited<ReturnType<typeof holdersOf>>
): AccountView {
  return {
    id: row.account_customer_id,
    name: holders.get(row.account_customer_id)?.name ?? null,
    role: row.role,
    scopes: scopesOfRole(row.role).filter(
      (scope) => !scope.startsWith("security:")
    ),
    joined_at: row.joined_at && new Date(row.joined_at).toISOString(),
  }
}
