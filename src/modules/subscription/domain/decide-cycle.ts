import type { BillingSubscription, CycleRow } from "./billing"
import { currentPeriodIndex, cyclePeriod } from "./billing-schedule"
import { BILLABLE_STATUSES } from "./subscription-machine"

const HOUR_MS = 60 * 60 * 1000

/** What is to become of a claimed cycle. */
export type CycleDecision =
  | {
      action: "charge"
      period_index: number
      period_start: Date
      period_end: Date
    }
  /** The subscription ends here: there is nothing more to charge. */
  | { action: "end"; subscription_status: "canceled" | "expired" }
  /** Not now: until somebody resumes the subscription. */
  | { action: "hold" }
  /** A second charge within the safety bound: a person has to look. */
  | { action: "park" }

/**
 * Decides whether a due cycle is charged, and for which period.
 *
 * @param safetyHours - hours after a captured charge within which another one
 * parks the subscription; 0: no bound
 *
 * @example
 * decideCycle(subscription, cycle, { now, safetyHours: 20 }).action // "charge"
 */
export function decideCycle(
  subscription: BillingSubscription,
  cycle: CycleRow,
  options: { now: Date; safetyHours: number }
): CycleDecision {
  const { status, max_cycles: max } = subscription
  if (status === "canceled" || isOver(subscription, cycle, options.now)) {
    return { action: "end", subscription_status: "canceled" }
  }
  if (status === "expired" || (max && subscription.paid_cycles >= max)) {
    return { action: "end", subscription_status: "expired" }
  }
  if (!isBillable(status) || subscription.parked_at) {
    return { action: "hold" }
  }
  if (chargedRecently(subscription, options)) {
    return { action: "park" }
  }
  return { action: "charge", ...periodOf(subscription, cycle, options.now) }
}

/**
 * Whether a cancellation takes effect with this period. A minimum term goes on
 * being charged until it is over.
 */
function isOver(
  { cancel_at_period_end, cancel_at: at }: BillingSubscription,
  { period_start }: CycleRow,
  now: Date
): boolean {
  return cancel_at_period_end && (!at || period_start >= at || now >= at)
}

function isBillable(status: string): boolean {
  return BILLABLE_STATUSES.some((billable) => billable === status)
}

/** A clock that was set back counts as recent as well. */
function chargedRecently(
  { plan, last_charged_at: last }: BillingSubscription,
  { now, safetyHours }: { now: Date; safetyHours: number }
): boolean {
  // A plan that charges each missed period charges several in a row.
  if (!last || !safetyHours || plan.missed_period_policy === "charge_each") {
    return false
  }
  return now.getTime() - new Date(last).getTime() < safetyHours * HOUR_MS
}

/** A cycle that was priced keeps its period; others may have waited too long. */
function periodOf(
  subscription: BillingSubscription,
  cycle: CycleRow,
  now: Date
) {
  const index =
    cycle.quote || subscription.plan.missed_period_policy === "charge_each"
      ? cycle.period_index
      : currentPeriodIndex(subscription, cycle.period_index, now)
  const { start, end } = cyclePeriod(subscription, index)
  return { period_index: index, period_start: start, period_end: end }
}
