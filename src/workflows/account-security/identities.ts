import type {
  AuthIdentityDTO,
  MedusaContainer,
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
 * The address that a customer signs in with, with a password.
 *
 * @returns null where there is no password: a guest, or a social sign-in
 */
export async function passwordAddressOf(
  container: MedusaContainer,
  customer_id: string
): Promise<string | null> {
  const found = (await identitiesOf(container, customer_id))
    .flatMap(({ provider_identities }) => provider_identities ?? [])
    .find(({ provider }) => provider === EMAILPASS)
  return found?.entity_id ?? null
}
