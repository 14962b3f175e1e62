import type { MedusaContainer } from "@medusajs/framework/types"
import { renewSubscriptions } from "../workflows/subscription-actions/renew-subscriptions"

/** Charges what is due. */
export default async function renewSubscriptionsJob(
  container: MedusaContainer
): Promise<void> {
  await renewSubscriptions(container)
}

export const config = {
  name: "portal-renew-subscriptions",
  schedule: "*/5 * * * *",
}
