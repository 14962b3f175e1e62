import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { EMAILPASS } from "./identities"
import { noteOwnMailbox } from "./note-own-mailbox"

/**
 * Notes an address as proven for the sign-in that asked for its verification,
 * whoever sent the code.
 */
export async function noteVerification(
  container: MedusaContainer,
  entity_id: string
): Promise<void> {
  const auth = container.resolve(Modules.AUTH)
  const [identity] = await auth.listAuthIdentities(
    { provider_identities: { provider: EMAILPASS, entity_id } },
    { take: 1 }
  )
  const customer_id = identity?.app_metadata?.customer_id
  if (!identity || typeof customer_id !== "string") {
    return
  }
  const verifications = await auth.listAuthVerifications({
    auth_identity_id: identity.id,
    entity_id,
  })
  if (verifications.some(({ verified_at }) => verified_at)) {
    await noteOwnMailbox(container, { customer_id, email: entity_id })
  }
}
