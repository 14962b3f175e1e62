import type { MedusaContainer } from "@medusajs/framework/types"
import type { ClaimedLoginRequest } from "../../modules/portal-session/queries/login-requests"
import { hashCode, mintCode } from "../../shared/short-code"
import type { Tenant } from "../../types/tenant"
import { countAgainstLimits } from "../limits/enforce-limits"
import { sendMail } from "../mails/send-mail"
import { findTenant } from "../tenants/tenants"
import { createPortalLink } from "./create-link"
import {
  findCustomerByEmail,
  type FoundCustomer,
} from "./find-customer-by-email"
import { noteMail } from "./mail-link"
import { portalOptions, portalSessions } from "./services"

/**
 * Sends the mail of a sign-in request, to the address on file, or nothing. The
 * request is taken first: an event that comes twice sends one mail.
 *
 * @param id - of the request
 */
export async function sendLoginMail(
  container: MedusaContainer,
  id: string
): Promise<void> {
  const sessions = portalSessions(container)
  const request = await sessions.claimLoginRequest(id)
  const tenant = request && findTenant(container, request.tenant_id)
  if (!tenant) {
    return
  }
  const key = request.email.toLowerCase()
  const { allowed } = await countAgainstLimits(container, [
    { limit: "loginPerEmail", key },
    { limit: "loginPerEmailDaily", key },
  ])
  const customer = allowed
    ? await findCustomerByEmail(container, tenant, request.email)
    : null
  if (!customer) {
    const suppressed_reason = allowed ? "unknown" : "rate_limited"
    if (allowed) {
      await sendNoAccountMail(container, request, tenant)
    }
    await sessions.settleLoginRequest({ id, suppressed_reason })
    await sessions.recordEvent({
      type: "login_mail_suppressed",
      tenant_id: tenant.id,
      data: { reason: suppressed_reason },
    })
    return
  }
  await mail(container, { request, tenant, customer })
}

/**
 * Tells somebody that the address they typed is not known here. Only where the
 * merchant has switched it on: it writes to whatever address a stranger types.
 */
async function sendNoAccountMail(
  container: MedusaContainer,
  request: ClaimedLoginRequest,
  tenant: Tenant
): Promise<void> {
  const { mails } = portalOptions(container)
  if (mails.enabled["portal-no-account"] !== true) {
    return
  }
  await sendMail(container, {
    template: "portal-no-account",
    to: request.email,
    locale: request.locale,
    tenant,
    props: { portal_url: tenant.portal_url },
    idempotency_key: `portal-no-account:${request.id}`,
    resource_id: request.id,
    resource_type: "portal_login_request",
  })
}

async function mail(
  container: MedusaContainer,
  input: {
    request: ClaimedLoginRequest
    tenant: Tenant
    customer: FoundCustomer
  }
): Promise<void> {
  const { request, tenant, customer } = input
  const sessions = portalSessions(container)
  const { url, session } = await createPortalLink(container, {
    tenant,
    customer_id: customer.id,
    created_via: "email_link",
    return_url: request.return_url,
    locale: request.locale,
    replaces_mail_links: true,
  })
  const code = mintCode()
  await sessions.settleLoginRequest({
    id: request.id,
    customer_id: customer.id,
    session_id: session.id,
    code_hash: await hashCode(code),
  })
  const { linkSeconds } = portalOptions(container).sessions
  const sent = await sendMail(container, {
    template: "portal-login",
    // The stored address, not the typed one.
    to: customer.email,
    locale: request.locale,
    tenant,
    props: { url, code, expires_in_minutes: Math.floor(linkSeconds / 60) },
    idempotency_key: `portal-login:${request.id}`,
    receiver_id: customer.id,
    resource_id: request.id,
    resource_type: "portal_login_request",
  })
  await noteMail(container, session, sent)
}
