import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { sendSubscriptionNotice } from "../workflows/notices/send-subscription-notice"

/** Customers hear of what happened to their subscriptions. */
export default async function sendNoticeOfSubscription({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await sendSubscriptionNotice(container, event.data.id)
}

export const config: SubscriberConfig = {
  event: [
    "portal.subscription.created",
    "portal.subscription.renewed",
    "portal.subscription.payment_failed",
    "portal.subscription.action_required",
    "portal.subscription.paused",
    "portal.subscription.resumed",
    "portal.subscription.payment_method_changed",
    "portal.subscription.cancel_scheduled",
    "portal.subscription.canceled",
    "portal.subscription.expired",
    "portal.subscription.changed",
    "portal.subscription.change_scheduled",
  ],
  context: { subscriberId: "customer-portal-subscription-send-notice" },
}
