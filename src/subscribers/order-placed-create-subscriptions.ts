import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { createSubscriptionsFromOrderWorkflow } from "../workflows/subscriptions/create-subscriptions-from-order"

/** Orders of renewals name their subscription, and make none. */
type PlacedOrder = { id: string; portal_subscription_id?: string }

/**
 * A purchase becomes subscriptions. The event comes when the completion of the
 * cart is over, payment included; it may come twice or never, and the workflow
 * and `reconcile-orders` allow for both.
 */
export default async function createSubscriptionsOfPlacedOrder({
  event,
  container,
}: SubscriberArgs<PlacedOrder>): Promise<void> {
  if (event.data.portal_subscription_id) {
    return
  }
  await createSubscriptionsFromOrderWorkflow(container).run({
    input: { order_id: event.data.id },
  })
}

export const config: SubscriberConfig = {
  event: "order.placed",
  // Buses that repeat an event for one subscriber know it by this name.
  context: { subscriberId: "customer-portal-create-subscriptions" },
}
