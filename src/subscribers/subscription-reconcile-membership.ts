import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { reconcileMemberships } from "../workflows/memberships/reconcile-memberships"

/** Customers join and leave the groups of their plans at once. */
export default async function reconcileMembershipOfSubscription({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await reconcileMemberships(container, { subscription_id: event.data.id })
}

export const config: SubscriberConfig = {
  event: [
    "portal.subscription.created",
    "portal.subscription.renewed",
    "portal.subscription.payment_failed",
    "portal.subscription.paused",
    "portal.subscription.resumed",
    "portal.subscription.cancel_scheduled",
    "portal.subscription.reactivated",
    "portal.subscription.canceled",
    "portal.subscription.expired",
    "portal.subscription.changed",
  ],
  context: { subscriberId: "customer-portal-subscription-membership" },
}
