import type {
  AuthIdentityDTO,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalOptions, portalSessions } from "../portal-sessions/services"
import { EMAILPASS, identitiesOf } from "./identities"
import { securityMail } from "./security-mail"
import { tenantOfCustomer } from "./tenant-of-customer"

/** Why an account may have been made by somebody else, before its owner came. */
type Suspicion = "foreign_address" | "never_verified"

/**
 * Notes that somebody has read mail that was sent to a customer's address.
 *
 * Medusa lets anybody register an account for any address, and keeps the address
 * of the sign-in apart from the customer's. So at the first proof for an account
 * whose sign-in has another address, or was never verified, everything that was
 * signed in until then ends, is written down, and the owner is told.
 *
 * @param input.keep_session_id - the portal session that the proof has just opened
 * @returns what was suspected, or null
 */
export async function proveMailbox(
  container: MedusaContainer,
  input: { customer_id: string; keep_session_id?: string }
): Promise<Suspicion | null> {
  const { customer_id, keep_session_id } = input
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers(
      { id: [customer_id] },
      { select: ["id", "email", "has_account"], take: 1 }
    )
  if (!customer) {
    return null
  }
  const email = customer.email.toLowerCase()
  const isNews = await portalSessions(container).noteVerifiedEmail({
    customer_id,
    email,
  })
  const { prehijackGuard } = portalOptions(container).security
  if (!prehijackGuard || !isNews || !customer.has_account) {
    return null
  }
  const suspicion = await suspect(container, customer_id, email)
  if (suspicion) {
    await cutOff(container, { customer_id, email, suspicion, keep_session_id })
  }
  return suspicion
}

async function suspect(
  container: MedusaContainer,
  customer_id: string,
  email: string
): Promise<Suspicion | null> {
  const identities = await identitiesOf(container, customer_id)
  const withPassword = identities.filter((identity) => addressOf(identity))
  if (withPassword.some((identity) => addressOf(identity) !== email)) {
    return "foreign_address"
  }
  if (!withPassword.length) {
    return null
  }
  const verified = await Promise.all(
    withPassword.map(({ id }) => isVerified(container, id, email))
  )
  return verified.includes(true) ? null : "never_verified"
}

async function isVerified(
  container: MedusaContainer,
  auth_identity_id: string,
  email: string
): Promise<boolean> {
  const verifications = await container
    .resolve(Modules.AUTH)
    .listAuthVerifications({ auth_identity_id })
  return verifications.some(
    ({ verified_at, entity_id }) =>
      verified_at && entity_id.toLowerCase() === email
  )
}

function addressOf({ provider_identities }: AuthIdentityDTO): string | null {
  const found = provider_identities?.find(
    ({ provider }) => provider === EMAILPASS
  )
  return found?.entity_id.toLowerCase() ?? null
}

async function cutOff(
  container: MedusaContainer,
  input: {
    customer_id: string
    email: string
    suspicion: Suspicion
    keep_session_id?: string
  }
): Promise<void> {
  const { customer_id, email, suspicion, keep_session_id } = input
  const sessions = portalSessions(container)
  await sessions.revokeCustomer({
    customer_id,
    reason: "prehijack_suspected",
    tokens: true,
    except: keep_session_id,
  })
  const tenant = await tenantOfCustomer(container, customer_id)
  await sessions.recordEvent({
    type: "prehijack_suspected",
    tenant_id: tenant.id,
    customer_id,
    session_id: keep_session_id,
    data: { reason: suspicion },
  })
  await securityMail(container, {
    customer_id,
    template: "signed-out-everywhere",
    to: email,
    tenant,
    props: { time: new Date().toISOString() },
    occasion: `prehijack:${keep_session_id ?? "none"}`,
  })
}
