import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type {
  AfterCompletion,
  PortalFlow,
  PortalScope,
} from "../../types/portal-session"
import type { AdminPortalSessionCreatedResponse } from "../../types/portal-session-http"
import { customerInTenant } from "../tenants/customer-in-tenant"
import { findTenant } from "../tenants/tenants"
import {
  createPortalLink,
  type PortalLink,
  type PortalLinkInput,
} from "./create-link"
import { mailPortalLink } from "./mail-link"
import { covers, FLOWS, READ_SCOPES } from "./scopes"
import { portalOptions, portalSessions } from "./services"
import { adminSessionView } from "./views"

/** Who makes a link: an admin user, or a server with a secret key. */
export type LinkMaker = { id: string; type: "user" | "api-key" }

/** What `POST /admin/portal/sessions` takes. */
export type AdminLinkInput = {
  customer_id: string
  tenant_id?: string
  flow?: PortalFlow
  scopes?: PortalScope[]
  return_url?: string
  redeem_ttl?: number
  session_ttl?: number
  locale?: string
  after_completion?: AfterCompletion
  after_expiration?: { recover_seconds: number }
  delivery: "return" | "email"
  impersonate?: boolean
  invalidate_existing?: boolean
  reference?: string
}

/**
 * Makes a link for a customer, and answers it or mails it.
 *
 * A link that an admin user keeps shows the account and changes nothing, unless
 * the caller says that it is for the customer (`impersonate: false`) or names what
 * it may write.
 *
 * @throws `not_found` for a customer that does not exist or is another tenant's;
 * `mail_not_sent` (409) where it should be mailed and cannot be
 */
export async function createAdminLink(
  container: MedusaContainer,
  maker: LinkMaker,
  input: AdminLinkInput
): Promise<AdminPortalSessionCreatedResponse> {
  const tenant = findTenant(container, input.tenant_id)
  const customer = tenant && (await findCustomer(container, input.customer_id))
  const known =
    customer &&
    (await customerInTenant(container, {
      tenant,
      customer_ids: [customer.id],
    }))
  if (!tenant?.enabled || !customer || !known?.length) {
    throw portalError("not_found")
  }
  const isEmail = input.delivery === "email"
  const impersonates = !isEmail && (input.impersonate ?? maker.type === "user")
  const link: PortalLinkInput = {
    tenant,
    customer_id: customer.id,
    created_via: maker.type === "user" ? "admin" : "api",
    created_by: maker.id,
    impersonator_id: impersonates ? maker.id : null,
    flow: input.flow,
    scopes: input.scopes ?? (impersonates ? readable(input.flow) : undefined),
    return_url: input.return_url,
    after_completion: input.after_completion,
    link_seconds: input.redeem_ttl,
    session_seconds: input.session_ttl,
    // The fresh link of an admin's look at the account would go to the customer.
    recover_seconds: impersonates
      ? 0
      : (input.after_expiration?.recover_seconds ??
        (isEmail ? portalOptions(container).sessions.recoverSeconds : 0)),
    locale: input.locale,
    reference: input.reference,
  }
  const { session, url } = isEmail
    ? await mailOrWithdraw(container, { ...link, email: customer.email })
    : await createPortalLink(container, link)
  if (input.invalidate_existing) {
    // Last: a mail that fails must not cost the customer the links there were.
    await portalSessions(container).revokeOlderLinks({ id: session.id })
  }
  return {
    portal_session: adminSessionView(session),
    url: isEmail ? null : url,
  }
}

/**
 * Mails a link. One that does not leave the house is withdrawn: nobody has its
 * address, and it would count as open.
 *
 * @throws `mail_not_sent` (409) with the reason
 */
async function mailOrWithdraw(
  container: MedusaContainer,
  link: Parameters<typeof mailPortalLink>[1]
): Promise<PortalLink> {
  const made = await mailPortalLink(container, link)
  if (made.not_sent) {
    await portalSessions(container).revokeSession({
      id: made.session.id,
      reason: "mail_not_sent",
    })
    throw portalError("mail_not_sent", { details: { reason: made.not_sent } })
  }
  return made
}

/** What somebody who only looks may do within a flow. */
function readable(flow: PortalFlow | undefined): PortalScope[] {
  const allowed = flow ? FLOWS[flow.type].scopes : READ_SCOPES
  return READ_SCOPES.filter((scope) => covers(allowed, scope))
}

async function findCustomer(
  container: MedusaContainer,
  id: string
): Promise<{ id: string; email: string } | undefined> {
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [id] }, { select: ["id", "email"], take: 1 })
  return customer
}
