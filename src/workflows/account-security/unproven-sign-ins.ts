import type {
  AuthIdentityDTO,
  MedusaContainer,
  ProviderIdentityDTO,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { discardUnusedSignIn, findSignIn } from "./addresses"
import { EMAILPASS, identitiesOf } from "./identities"

/** Why an account may have been made by somebody else, before its owner came. */
export type Suspicion = "foreign_address" | "never_verified"

/** A way to sign in to a customer's account that its mailbox does not vouch for. */
export type UnprovenSignIn = {
  suspicion: Suspicion
  identity: ProviderIdentityDTO
}

/**
 * The ways to sign in to an account that may be somebody else's: a password for
 * another address, or for an address that was never verified, and a social sign-in
 * whose provider does not say that it is this address.
 *
 * Those of the shop's own staff are left out: an invitation made them.
 *
 * @param input.email - the mailbox, in lower case
 */
export async function unprovenSignIns(
  container: MedusaContainer,
  input: { customer_id: string; email: string }
): Promise<UnprovenSignIn[]> {
  const { customer_id, email } = input
  const found: UnprovenSignIn[] = []
  for (const identity of await identitiesOf(container, customer_id)) {
    if (!identity.app_metadata?.user_id) {
      found.push(...(await unprovenOf(container, identity, email)))
    }
  }
  return found
}

/**
 * Takes such ways away. A password no longer works, and its sign-in gets the
 * proven address: whoever had it would else have a new one mailed to the old
 * address. A second factor stays with it: a mailbox never stands in for one. A
 * social sign-in is removed.
 *
 * @returns the address whose password can be reset, or null where there is none
 */
export async function closeSignIns(
  container: MedusaContainer,
  input: { unproven: UnprovenSignIn[]; email: string }
): Promise<string | null> {
  const { unproven, email } = input
  let address: string | null = null
  for (const { identity } of unproven) {
    if (identity.provider === EMAILPASS) {
      address = (await closePassword(container, identity, email)) ?? address
    } else {
      await remove(container, identity)
    }
  }
  return address
}

async function unprovenOf(
  container: MedusaContainer,
  { id, provider_identities = [] }: AuthIdentityDTO,
  email: string
): Promise<UnprovenSignIn[]> {
  const found: UnprovenSignIn[] = []
  for (const identity of provider_identities) {
    const address = addressOf(identity)
    if (address !== null && address !== email) {
      found.push({ suspicion: "foreign_address", identity })
    } else if (
      identity.provider === EMAILPASS
        ? !(await isVerified(container, id, email))
        : address === null
    ) {
      found.push({ suspicion: "never_verified", identity })
    }
  }
  return found
}

/** The address that a sign-in stands for, where its provider vouches for one. */
function addressOf(identity: ProviderIdentityDTO): string | null {
  const { provider, entity_id, user_metadata } = identity
  if (provider === EMAILPASS) {
    return entity_id.toLowerCase()
  }
  const { email, email_verified } = user_metadata ?? {}
  return typeof email === "string" && email_verified !== false
    ? email.toLowerCase()
    : null
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

async function closePassword(
  container: MedusaContainer,
  identity: ProviderIdentityDTO,
  email: string
): Promise<string | null> {
  const isOwn = addressOf(identity) === email
  const entity_id = isOwn ? identity.entity_id : email
  if (!isOwn) {
    await discardUnusedSignIn(container, email)
  }
  try {
    await container.resolve(Modules.AUTH).updateProviderIdentities({
      id: identity.id,
      entity_id,
      // Core merges what is in here, and takes no password for a wrong one.
      provider_metadata: { password: null },
    })
    return entity_id
  } catch (error) {
    const taken = await findSignIn(container, EMAILPASS, email)
    if (isOwn || !taken.identity) {
      throw error
    }
    // Somebody else signs in with the proven address: it cannot have two.
    await remove(container, identity)
    return null
  }
}

async function remove(
  container: MedusaContainer,
  { id }: ProviderIdentityDTO
): Promise<void> {
  await container.resolve(Modules.AUTH).deleteProviderIdentities([id])
}
