/**
 * Mails of core's sign-in. Their links begin with the tenant's `portalUrl` and with
 * nothing that a request said; what is secret stands in the fragment.
 */
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { hashToken } from "../../shared/token"
import { sendMail } from "../mails/send-mail"
import { listTenants } from "../tenants/tenants"
import { isEmailAddress } from "./addresses"
import { EMAILPASS } from "./identities"
import { RESET_SECONDS, resetUrl } from "./reset-url"
import { tenantOfCustomer } from "./tenant-of-customer"

/** Mails the link that sets a new password, to the address of the sign-in. */
export async function sendResetMail(
  container: MedusaContainer,
  { entity_id, token }: { entity_id: string; token: string }
): Promise<void> {
  const [identity] = await container
    .resolve(Modules.AUTH)
    .listAuthIdentities(
      { provider_identities: { provider: EMAILPASS, entity_id } },
      { take: 1 }
    )
  if (!identity || !isEmailAddress(entity_id)) {
    return
  }
  const tenant = await tenantOf(container, identity.app_metadata?.customer_id)
  if (!tenant) {
    return
  }
  await sendMail(container, {
    template: "password-reset",
    to: entity_id,
    tenant,
    props: {
      url: resetUrl(tenant, token),
      expires: new Date(Date.now() + RESET_SECONDS * 1000).toISOString(),
    },
    idempotency_key: `password-reset:${hashToken(token).slice(0, 32)}`,
    receiver_id: textOrUndefined(identity.app_metadata?.customer_id),
  })
}

/** Mails the code that proves an address. */
export async function sendVerificationMail(
  container: MedusaContainer,
  input: { entity_id: string; auth_identity_id: string; code: string }
): Promise<void> {
  const { entity_id, auth_identity_id, code } = input
  const [identity] = await container
    .resolve(Modules.AUTH)
    .listAuthIdentities({ id: [auth_identity_id] }, { take: 1 })
  const { customer_id, user_id } = identity?.app_metadata ?? {}
  const isAdmin = user_id && !customer_id
  if (!identity || isAdmin || !isEmailAddress(entity_id)) {
    return
  }
  const tenant = await tenantOf(container, customer_id)
  if (!tenant) {
    return
  }
  await sendMail(container, {
    template: "email-verification",
    to: entity_id,
    tenant,
    props: {
      url: `${tenant.portal_url}/verify-email#code=${encodeURIComponent(code)}`,
      code,
    },
    idempotency_key: `email-verification:${hashToken(code).slice(0, 32)}`,
    receiver_id: textOrUndefined(customer_id),
  })
}

async function tenantOf(container: MedusaContainer, customer_id: unknown) {
  return typeof customer_id === "string"
    ? await tenantOfCustomer(container, customer_id)
    : listTenants(container)[0]
}

function textOrUndefined(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
