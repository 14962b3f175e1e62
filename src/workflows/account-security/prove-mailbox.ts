import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { SessionOrigin } from "../../types/portal-session"
import type { Tenant } from "../../types/tenant"
import { portalOptions, portalSessions } from "../portal-sessions/services"
import { takeMailbox } from "./mailbox-claim"
import { mintResetToken, RESET_SECONDS, resetUrl } from "./reset-url"
import { securityMail } from "./security-mail"
import { tenantOfCustomer } from "./tenant-of-customer"
import {
  closeSignIns,
  unprovenSignIns,
  type Suspicion,
  type UnprovenSignIn,
} from "./unproven-sign-ins"

/** How a session begins that only who reads the customer's mail can open. */
const FROM_MAIL: readonly string[] = [
  "email_link",
  "email_code",
  "recovery",
] satisfies SessionOrigin[]

/** Whether a session shows that its owner reads the customer's mail. */
export function isFromMail({ created_via }: { created_via: string }): boolean {
  return FROM_MAIL.includes(created_via)
}

type Proof = {
  customer_id: string
  /** In lower case. */
  email: string
  /** The portal session that the proof has just opened. */
  keep_session_id?: string
}

/**
 * Notes that somebody has read mail that was sent to a customer's address.
 *
 * Medusa lets anybody register an account for any address, and keeps the address
 * of the sign-in apart from the customer's. So at the first proof for an account
 * whose sign-in has another address, or was never verified, such sign-ins are
 * closed, everything that was signed in until then ends, is written down, and the
 * owner is told how to get a new password. Of many proofs at once one does it; it
 * is noted at the end, so that the next one begins again where one was cut short.
 *
 * @param input.keep_session_id - the portal session that the proof has just opened
 * @returns what was suspected, or null
 */
export async function proveMailbox(
  container: MedusaContainer,
  input: { customer_id: string; keep_session_id?: string }
): Promise<Suspicion | null> {
  const { customer_id } = input
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers(
      { id: [customer_id] },
      { select: ["id", "email", "has_account"], take: 1 }
    )
  if (!customer) {
    return null
  }
  const proof = { ...input, email: customer.email.toLowerCase() }
  const { prehijackGuard } = portalOptions(container).security
  if (!prehijackGuard || !customer.has_account) {
    await portalSessions(container).noteVerifiedEmail(proof)
    return null
  }
  if (await isProven(container, proof)) {
    return null
  }
  const release = await takeMailbox(container, customer_id)
  if (!release) {
    return null
  }
  try {
    return await proveFirst(container, proof)
  } finally {
    await release()
  }
}

async function proveFirst(
  container: MedusaContainer,
  proof: Proof
): Promise<Suspicion | null> {
  if (await isProven(container, proof)) {
    // By who had the turn before.
    return null
  }
  const unproven = await unprovenSignIns(container, proof)
  const [first] = unproven
  if (first) {
    await cutOff(container, proof, unproven, first.suspicion)
  }
  await portalSessions(container).noteVerifiedEmail(proof)
  return first?.suspicion ?? null
}

async function isProven(
  container: MedusaContainer,
  { customer_id, email }: Proof
): Promise<boolean> {
  const [state] = await portalSessions(container).listPortalSecurityStates(
    { customer_id },
    { select: ["verified_email"], take: 1 }
  )
  return state?.verified_email === email
}

async function cutOff(
  container: MedusaContainer,
  proof: Proof,
  unproven: UnprovenSignIn[],
  suspicion: Suspicion
): Promise<void> {
  const { customer_id, email, keep_session_id } = proof
  const sessions = portalSessions(container)
  const { closeUnprovenSignIns: isClosing } = portalOptions(container).security
  // First: who signs in meanwhile is signed in before the cut-off.
  const address = isClosing
    ? await closeSignIns(container, { unproven, email })
    : null
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
    data: {
      reason: suspicion,
      closed: isClosing ? unproven.map(({ identity: of }) => of.provider) : [],
    },
  })
  if (isClosing) {
    await tellOfClosedSignIn(container, proof, tenant, address)
  } else {
    await tellOfCutOff(container, proof, tenant)
  }
}

async function tellOfClosedSignIn(
  container: MedusaContainer,
  { customer_id, email, keep_session_id }: Proof,
  tenant: Tenant,
  address: string | null
): Promise<void> {
  const reset =
    address === null ? null : await mintResetToken(container, address)
  await securityMail(container, {
    customer_id,
    template: "sign-in-closed",
    to: email,
    tenant,
    props:
      reset === null
        ? { url: `${tenant.portal_url}/security` }
        : {
            url: resetUrl(tenant, reset),
            expires: new Date(Date.now() + RESET_SECONDS * 1000).toISOString(),
          },
    occasion: `prehijack:${keep_session_id ?? "none"}`,
  })
}

async function tellOfCutOff(
  container: MedusaContainer,
  { customer_id, email, keep_session_id }: Proof,
  tenant: Tenant
): Promise<void> {
  await securityMail(container, {
    customer_id,
    template: "signed-out-everywhere",
    to: email,
    tenant,
    props: { time: new Date().toISOString(), others_only: true },
    occasion: `prehijack:${keep_session_id ?? "none"}`,
  })
}
