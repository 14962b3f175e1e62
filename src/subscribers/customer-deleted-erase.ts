import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { eraseCustomer } from "../workflows/account/erase-customer"

/** Who is deleted in Medusa is forgotten by the portal. */
export default async function eraseDeletedCustomer({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await eraseCustomer(container, event.data.id)
}

export const config: SubscriberConfig = {
  event: "customer.deleted",
  context: { subscriberId: "customer-portal-customer-deleted-erase" },
}
