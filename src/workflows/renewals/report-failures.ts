import type { PaymentFailure } from "../../modules/subscription/queries/fail-payments"
import { PortalSubscriptionEvents } from "../../types/events"
import type { Batch } from "./batch"
import type { ChargedRenewal } from "./charge-renewals"
import { emitEvents } from "./emit-events"

const AFTER_LAST_RETRY = {
  past_due: "fail_payment",
  pause: "pause",
  cancel: "cancel",
} as const

/**
 * What follows from charges that were declined or wait for the customer: the
 * subscription's status, its timeline and the events for mails. The cycle itself
 * stands already.
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
  await subscriptions.failPayments({
    now,
    failures: failures.map(({ renewal, status }): PaymentFailure => ({
      subscription_id: renewal.subscription.id,
      event:
        status === "uncollectible"
          ? AFTER_LAST_RETRY[batch.options.afterLastRetry]
          : "fail_payment",
    })),
  })
  await subscriptions.writeTimeline(
    failures.map(({ renewal: { cycle, subscription }, outcome, status }) => ({
      subscription_id: subscription.id,
      cycle_id: cycle.id,
      type:
        outcome.status === "declined" ? "payment_failed" : "action_required",
      actor_type: "system" as const,
      data: {
        attempt: cycle.attempt,
        code: "code" in outcome ? outcome.code : null,
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
