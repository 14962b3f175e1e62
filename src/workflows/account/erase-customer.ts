import type { MedusaContainer } from "@medusajs/framework/types"
import { paymentMethods } from "../payments/exclusively"
import { portalSessions } from "../portal-sessions/services"

/**
 * Removes what the portal knows of a customer who is deleted: links, sessions,
 * requests, devices, memberships, choices, and whose cards are looked at. Events
 * stay as counts, without the person. What the customer was signed in with counts
 * no more, at Medusa's own routes either. Doing it again changes nothing else.
 */
export async function eraseCustomer(
  container: MedusaContainer,
  customer_id: string
): Promise<void> {
  await portalSessions(container).eraseCustomer(customer_id)
  await paymentMethods(container).forgetDefaultHolders({ customer_id })
}
