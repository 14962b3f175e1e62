import type { MedusaContainer } from "@medusajs/framework/types"
import { portalSessions } from "../portal-sessions/services"

/**
 * Removes what the portal knows of a customer who is deleted: links, sessions,
 * requests, devices, memberships, choices. Events stay as counts, without the
 * person. Doing it again changes nothing.
 */
export async function eraseCustomer(
  container: MedusaContainer,
  customer_id: string
): Promise<void> {
  await portalSessions(container).eraseCustomer(customer_id)
}
