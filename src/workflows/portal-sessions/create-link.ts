import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { SessionRow } from "../../modules/portal-session/queries/session-row"
import { mintLink } from "../../shared/link-token"
import type {
  AfterCompletion,
  PortalFlow,
  PortalScope,
  SessionOrigin,
} from "../../types/portal-session"
import type { Tenant } from "../../types/tenant"
import { requireFlow } from "./check-flow"
import { covers, flowPath, FLOWS, LINK_SCOPES } from "./scopes"
import { linkKeys } from "./secrets"
import { portalOptions, portalSessions } from "./services"
import { requireReturnUrl } from "./return-url"

/** What a link is to be. Whoever calls has made sure that the customer exists. */
export type PortalLinkInput = {
  tenant: Tenant
  customer_id: string
  created_via: SessionOrigin
  /** Id of the admin user or API key. */
  created_by?: string | null
  impersonator_id?: string | null
  flow?: PortalFlow | null
  /** Less than what the flow allows. */
  scopes?: readonly PortalScope[]
  return_url?: string | null
  after_completion?: AfterCompletion | null
  /** Seconds; option `sessions.linkSeconds` unless told. */
  link_seconds?: number
  /** Seconds; option `sessions.absoluteSeconds` unless told. */
  session_seconds?: number
  /**
   * Seconds in which the expired link still mails a fresh one; for mails that
   * are read days later. Default: 0, not at all.
   */
  recover_seconds?: number
  locale?: string | null
  reference?: string | null
  /** Only the newest of the customer's mailed links stays open. */
  replaces_mail_links?: boolean
}

/** A link. The address is shown once: it is kept nowhere. */
export type PortalLink = { session: SessionRow; url: string }

/**
 * Makes a link into the portal that opens once, for one customer of one tenant.
 *
 * @throws `flow_invalid`, `return_url_invalid` (400)
 * @example
 * const { url } = await createPortalLink(container, {
 *   tenant, customer_id, created_via: "api",
 *   flow: { type: "payment_method_update", data: {} },
 * })
 */
export async function createPortalLink(
  container: MedusaContainer,
  input: PortalLinkInput
): Promise<PortalLink> {
  const { tenant, customer_id, flow = null } = input
  const { sessions } = portalOptions(container)
  requireReturnUrl(tenant, input.return_url)
  await requireFlow(container, flow, { customer_id, tenant })
  const allowed = flow ? FLOWS[flow.type].scopes : LINK_SCOPES
  const scopes = input.scopes ?? allowed
  if (scopes.some((scope) => !covers(allowed, scope))) {
    throw portalError("validation_failed", {
      message: `A link of this flow can have ${allowed.join(", ")}.`,
    })
  }
  const seconds = input.link_seconds ?? sessions.linkSeconds
  const id = generateEntityId(undefined, "psess")
  const { token, nonce_hash } = mintLink(linkKeys(container)[0], {
    link_id: id,
    tenant_id: tenant.id,
    customer_id,
    // For people who look into a link. The row's time is what counts.
    expires: Math.floor(Date.now() / 1000) + seconds,
  })
  const session = await portalSessions(container).openSession({
    id,
    tenant_id: tenant.id,
    customer_id,
    created_via: input.created_via,
    created_by: input.created_by,
    impersonator_id: input.impersonator_id,
    scopes,
    flow,
    after_completion: input.after_completion,
    return_url: input.return_url,
    locale: input.locale,
    reference: input.reference,
    session_seconds: input.session_seconds ?? sessions.absoluteSeconds,
    link: {
      hash: nonce_hash,
      seconds,
      recover_seconds: input.recover_seconds ?? 0,
    },
    maxPending: sessions.maxPendingLinks,
    replacesMailLinks: input.replaces_mail_links,
  })
  await portalSessions(container).recordEvent({
    type: "link_created",
    tenant_id: tenant.id,
    customer_id,
    session_id: id,
    actor_id: input.created_by,
    data: { created_via: input.created_via, flow: flow?.type ?? null },
  })
  return { session, url: linkUrl(tenant, token, flow, sessions.linkStyle) }
}

/** Built from the tenant's own address, whatever host a request names. */
function linkUrl(
  tenant: Tenant,
  token: string,
  flow: PortalFlow | null,
  style: "fragment" | "query"
): string {
  const path = flowPath(flow)
  const next = path === "/" ? "" : `&to=${encodeURIComponent(path)}`
  const mark = style === "query" ? "?" : "#"
  return `${tenant.portal_url}/access${mark}t=${token}${next}`
}
