import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalSessions } from "../portal-sessions/services"

/**
 * Notes that a customer has read mail at an address, where it is the one on file.
 * Of another address, which only their sign-in has, it says nothing.
 */
export async function noteOwnMailbox(
  container: MedusaContainer,
  input: { customer_id: string; email: string }
): Promise<void> {
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [input.customer_id] }, { select: ["email"], take: 1 })
  const email = input.email.toLowerCase()
  if (customer?.email.toLowerCase() === email) {
    await portalSessions(container).noteVerifiedEmail({
      customer_id: input.customer_id,
      email,
    })
  }
}
