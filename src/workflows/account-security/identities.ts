import type {
  AuthIdentityDTO,
  MedusaContainer,
  ProviderIdentityDTO,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** Medusa's provider of sign-ins with e-mail address and password. */
export const EMAILPASS = "emailpass"

/** What a customer signs in with; a guest has none. */
export async function identitiesOf(
  container: MedusaContainer,
  customer_id: string
): Promise<AuthIdentityDTO[]> {
  return await container
    .resolve(Modules.AUTH)
    .listAuthIdentities(
      { app_metadata: { customer_id } },
      { relations: ["provider_identities"] }
    )
}

/**
 * Whether a sign-in is by password and has one. One whose password was taken away
 * waits for a new one.
 */
export function isWithPassword({
  provider,
  provider_metadata,
}: ProviderIdentityDTO): boolean {
  return (
    provider === EMAILPASS && typeof provider_metadata?.password === "string"
  )
}

/**
 * The address that a customer signs in with, with a password.
 *
 * @returns null where there is no password: a guest, a social sign-in, or one whose
 * password was taken away
 */
export async function passwordAddressOf(
  container: MedusaContainer,
  customer_id: string
): Promise<string | null> {
  const found = (await identitiesOf(container, customer_id))
    .flatMap(({ provider_identities }) => provider_identities ?? [])
    .find(isWithPassword)
  return found?.entity_id ?? null
}
