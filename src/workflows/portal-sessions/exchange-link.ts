import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { FLOW_TASKS } from "../../modules/portal-session/domain/tasks"
import type { Redemption } from "../../modules/portal-session/queries/redeem-link"
import {
  flowOf,
  type SessionRow,
} from "../../modules/portal-session/queries/session-row"
import { readLink, type LinkClaims } from "../../shared/link-token"
import { maskEmail } from "../../shared/mask-email"
import { hashToken, mintToken } from "../../shared/token"
import type {
  LinkPreviewResponse,
  PortalSessionTokenResponse,
} from "../../types/portal-session-http"
import type { Tenant } from "../../types/tenant"
import { isFromMail, proveMailbox } from "../account-security/prove-mailbox"
import { hasSecondFactor } from "../account-security/mfa"
import { enforceLimits } from "../limits/enforce-limits"
import { isFlowPossible } from "./check-flow"
import { linkKeys } from "./secrets"
import { portalOptions, portalSessions } from "./services"
import { sessionView } from "./views"

/** Where a link is opened. */
export type Opener = {
  ip: string | null
  user_agent: string | null
  device_label: string | null
}

/** The prefix of a session's secret. */
const SESSION_PREFIX = "pss_"

/**
 * What stands behind a link, before it is opened. It never opens it: mail
 * scanners may look as often as they like.
 *
 * @throws `portal_link_invalid` (401), `portal_link_used`, `portal_link_expired` (410)
 */
export async function previewLink(
  container: MedusaContainer,
  input: { token: unknown; tenant: Tenant }
): Promise<LinkPreviewResponse> {
  const claims = await verifiedClaims(container, input)
  await enforceLimits(container, [
    { limit: "previewPerLink", key: claims.link_id },
  ])
  const row = await findRow(container, claims)
  if (row.status !== "pending" || row.is_expired) {
    return refuse(container, row)
  }
  const customer = await requireCustomer(container, row.customer_id)
  const { id, branding, locale } = input.tenant
  return {
    link: {
      email: maskEmail(customer.email),
      flow: flowOf(row)?.type ?? null,
      expires_at: new Date(row.link_expires_at ?? 0).toISOString(),
      tenant: { id, branding, locale },
    },
  }
}

/**
 * Opens a link: the one session that it is good for. A caller whose answer was
 * lost may ask again with the same nonce within a minute.
 *
 * @throws `portal_link_invalid` (401), `portal_link_used`, `portal_link_expired` (410)
 */
export async function exchangeLink(
  container: MedusaContainer,
  input: { token: unknown; tenant: Tenant; nonce?: string; opener: Opener }
): Promise<PortalSessionTokenResponse> {
  const { tenant, opener, nonce } = input
  const claims = await verifiedClaims(container, input)
  await enforceLimits(container, [
    { limit: "exchangePerIp", key: opener.ip ?? "" },
  ])
  const before = await findRow(container, claims)
  await requireCustomer(container, claims.customer_id)
  const owner = { customer_id: claims.customer_id, tenant }
  if (!(await isFlowPossible(container, flowOf(before), owner))) {
    throw portalError("portal_link_invalid")
  }
  const token = mintToken(SESSION_PREFIX)
  const redemption = {
    ...(await redemptionOf(container, claims.customer_id, token, opener)),
    nonce_hash: nonce ? hashToken(nonce) : null,
  }
  const link = linkOf(claims)
  const row =
    (await portalSessions(container).redeemLink(link, redemption)) ??
    (redemption.nonce_hash
      ? await portalSessions(container).repeatRedemption({
          ...link,
          nonce_hash: redemption.nonce_hash,
          session_hash: redemption.session_hash,
        })
      : null)
  if (!row) {
    return refuse(container, await findRow(container, claims))
  }
  await announce(container, row, opener)
  return { portal_session: sessionView(row), token }
}

/** The session's new secret, and what its customer still has to show. */
export async function redemptionOf(
  container: MedusaContainer,
  customerId: string,
  token: string,
  opener: Opener
): Promise<Redemption> {
  return {
    session_hash: hashToken(token),
    nonce_hash: null,
    idle_seconds: portalOptions(container).sessions.idleSeconds,
    // A link never stands in for a second factor.
    mfa_state: (await hasSecondFactor(container, customerId))
      ? "pending"
      : "none",
    ...opener,
  }
}

/** Writes down that a session began; a mailed link also proves the mailbox. */
export async function announce(
  container: MedusaContainer,
  row: SessionRow,
  opener: Opener
): Promise<void> {
  const event = {
    tenant_id: row.tenant_id,
    customer_id: row.customer_id,
    session_id: row.id,
    ip: opener.ip,
  }
  await portalSessions(container).recordEvent({
    ...event,
    type: "link_redeemed",
    data: { flow: row.flow_type },
  })
  await portalSessions(container).recordEvent({
    ...event,
    type: "session_started",
  })
  const task = row.flow_type && FLOW_TASKS[row.flow_type]
  if (task) {
    await portalSessions(container).recordEvent({
      ...event,
      type: "task_started",
      task,
    })
  }
  if (isFromMail(row)) {
    await proveMailbox(container, {
      customer_id: row.customer_id,
      keep_session_id: row.id,
    })
  }
}

/**
 * What the token says, where it is genuine and for this tenant. A wrong one costs
 * no query; one of another tenant is not used up, and is written down.
 */
export async function verifiedClaims(
  container: MedusaContainer,
  { token, tenant }: { token: unknown; tenant: Tenant }
): Promise<LinkClaims> {
  const claims = readLink(linkKeys(container), token)
  if (!claims) {
    throw portalError("portal_link_invalid")
  }
  if (claims.tenant_id !== tenant.id) {
    await portalSessions(container).recordEvent({
      type: "link_wrong_tenant",
      tenant_id: tenant.id,
      session_id: claims.link_id,
      data: { link_tenant: claims.tenant_id },
    })
    throw portalError("portal_link_invalid")
  }
  return claims
}

const linkOf = (claims: LinkClaims) => ({
  link_hash: claims.nonce_hash,
  tenant_id: claims.tenant_id,
  customer_id: claims.customer_id,
})

type FoundLink = NonNullable<
  Awaited<ReturnType<ReturnType<typeof portalSessions>["findLink"]>>
>

/** The row of a genuine link: payload and row must name the same. */
export async function findRow(
  container: MedusaContainer,
  claims: LinkClaims
): Promise<FoundLink> {
  const row = await portalSessions(container).findLink(linkOf(claims))
  if (!row || row.id !== claims.link_id) {
    throw portalError("portal_link_invalid")
  }
  return row
}

/** Says why a genuine link does not open. */
async function refuse(
  container: MedusaContainer,
  row: FoundLink
): Promise<never> {
  const isUsed = row.status === "active" || row.status === "completed"
  await portalSessions(container).recordEvent({
    type: isUsed ? "link_reused" : "link_expired",
    tenant_id: row.tenant_id,
    customer_id: row.customer_id,
    session_id: row.id,
  })
  throw isUsed
    ? portalError("portal_link_used")
    : portalError("portal_link_expired", {
        details: { recoverable: row.is_recoverable },
      })
}

/** A link outlives its customer, so the link alone opens nothing. */
export async function requireCustomer(
  container: MedusaContainer,
  id: string
): Promise<{ id: string; email: string }> {
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [id] }, { select: ["id", "email"], take: 1 })
  if (!customer) {
    throw portalError("portal_link_invalid")
  }
  return customer
}
