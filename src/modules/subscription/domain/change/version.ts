import type { BillingSubscription, CycleRow } from "../billing"

/**
 * Everything that the figures of a change depend on, as one text: what was computed
 * before the lock is written only where this is the same under it.
 */
export function versionOf(
  subscription: BillingSubscription,
  cycle: CycleRow | null
): string {
  return JSON.stringify([
    subscription.status,
    subscription.plan_id,
    subscription.interval,
    subscription.interval_count,
    subscription.anchor_at,
    subscription.anchor_index,
    subscription.anchor_day_of_month,
    subscription.shipping_address,
    subscription.shipping_option_id,
    subscription.discount_percent,
    subscription.discount_cycles_left,
    subscription.min_cycles,
    subscription.max_cycles,
    subscription.paid_cycles,
    subscription.credit_balance,
    subscription.paid_period,
    subscription.pending_change,
    subscription.items,
    cycle && [
      cycle.id,
      cycle.status,
      cycle.period_index,
      cycle.period_start,
      cycle.period_end,
      cycle.due_at,
      cycle.next_attempt_at,
      cycle.held_by,
      cycle.quote !== null,
    ],
  ])
}
