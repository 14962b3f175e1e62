import { z } from "@medusajs/framework/zod"
import type {
  AuthIdentityDTO,
  FilterableAuthIdentityProps,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { EMAILPASS } from "./identities"

const shape = z.email().max(254)

/** Whether text looks like one e-mail address. */
export function isEmailAddress(text: string): boolean {
  return shape.safeParse(text).success
}

/**
 * The sign-in of an address, whatever its case. Identities from before addresses
 * were kept in lower case are found as they are written.
 *
 * @returns the address to use, and its identity where there is one
 */
export async function findSignIn(
  container: MedusaContainer,
  provider: string,
  email: string
): Promise<{ entity_id: string; identity: AuthIdentityDTO | null }> {
  const lower = email.toLowerCase()
  const filters = {
    provider_identities: { provider, entity_id: [email, lower] },
  }
  const found = await container.resolve(Modules.AUTH).listAuthIdentities(
    // Core's type knows one address only; its list takes several, as any does.
    filters as unknown as FilterableAuthIdentityProps,
    { relations: ["provider_identities"], take: 2 }
  )
  // An exact match first: its owner has always written it so.
  const named = (entity_id: string) =>
    found.find(({ provider_identities }) =>
      provider_identities?.some((one) => one.entity_id === entity_id)
    )
  const exact = named(email)
  return exact
    ? { entity_id: email, identity: exact }
    : { entity_id: lower, identity: named(lower) ?? null }
}

/**
 * Removes a sign-in that somebody registered for an address and that never became
 * anybody's account: whoever reads the mailbox comes first.
 */
export async function discardUnusedSignIn(
  container: MedusaContainer,
  email: string
): Promise<void> {
  const { identity } = await findSignIn(container, EMAILPASS, email)
  if (identity && !Object.keys(identity.app_metadata ?? {}).length) {
    await container.resolve(Modules.AUTH).deleteAuthIdentities([identity.id])
  }
}
