import { PortalSubscriptionEvents } from "../../types/events"
import type { Batch } from "./batch"
import type { ChargedRenewal } from "./charge-renewals"
import { emitEvents } from "./emit-events"

/**
 * What follows from charges that were declined or wait for the customer: the
 * subscription's timeline and the events for mails. The cycle and the status of
 * the subscription stand already.
 */
export async function reportFailures(
  batch: Batch,
  charged: ChargedRenewal[]
): Promise<void> {
  const failures = charged.filter(
    ({ status, outcome }) =>
      status !== null &&
      (outcome.status === "declined" || outcome.status === "action_required")
  )
  if (!failures.length) {
    return
  }
  const { subscriptions, now } = batch
  await subscriptions.writeTimeline(
    failures.map(({ renewal: { cycle, subscription }, outcome, status }) => ({
      subscription_id: subscription.id,
      cycle_id: cycle.id,
      type:
        outcome.status === "declined" ? "payment_failed" : "action_required",
      actor_type: "system" as const,
      data: {
        attempt: cycle.attempt,
        failure_code: "code" in outcome ? outcome.code : null,
        is_last: status === "uncollectible",
      },
      dedupe_key: `${cycle.id}:${outcome.status}:${cycle.attempt}`,
      occurred_at: now,
    }))
  )
  await emitEvents(
    batch.container,
    failures.map(({ renewal, outcome }) => ({
      name:
        outcome.status === "declined"
          ? PortalSubscriptionEvents.PAYMENT_FAILED
          : PortalSubscriptionEvents.ACTION_REQUIRED,
      data: { id: renewal.subscription.id, cycle_id: renewal.cycle.id },
    }))
  )
}
