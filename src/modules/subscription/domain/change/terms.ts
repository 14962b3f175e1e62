/** What a subscription is to be after a change, and how it becomes that. */
import type { BillingInterval } from "../../../../types/subscription"
import type { SubscriptionPatch } from "../actions/subscription-change"
import type { BillingItem, BillingPlan, BillingSubscription } from "../billing"
import type { ScheduledSubscription } from "../billing-schedule"
import { localDayOfMonth } from "./local-day"

/** The new terms: all items, and the plan that prices and dates them. */
export type NewTerms = {
  plan_id: string
  interval: BillingInterval
  interval_count: number
  /** Periods that a new plan asks for from now on; null: the plan is the same. */
  term: { min_cycles: number | null; max_cycles: number | null } | null
  /** New items have the ids that they will have. */
  items: BillingItem[]
}

/** What waits for the end of the period. */
export type PendingChange = NewTerms & {
  /** ISO 8601 */
  requested_at: string
}

/** Something that is paid for. Prices after the discounts of then. */
export type PaidLine = {
  /** The item's id. */
  key: string
  title: string
  /** Major units a full period; finer than the currency where a discount was split. */
  unit_price: number
  quantity: number
}

/** What is paid for now, where a change made it another than the last charge's. */
export type PaidPeriod = {
  /** ISO 8601 */
  start: string
  end: string
  lines: PaidLine[]
  /**
   * What a unit cost in this period by plan and variant, first discounts included:
   * who changes there and back pays nothing for it.
   */
  prices: Record<string, number>
  /** What a price is multiplied by here: the billing day has moved. Left out: 1. */
  scale?: number
}

/** Where a new rhythm begins. `is_new_day`: whatever day it was counted from before. */
export type NewAnchor = { at: Date; index: number; is_new_day?: boolean }

/** The key of {@link PaidPeriod.prices}. */
export function priceKey(planId: string, variantId: string): string {
  return `${planId} ${variantId}`
}

/** Whether the time between two charges changes. */
export function isNewRhythm(
  subscription: Pick<BillingSubscription, "interval" | "interval_count">,
  terms: Pick<NewTerms, "interval" | "interval_count">
): boolean {
  return (
    subscription.interval !== terms.interval ||
    subscription.interval_count !== terms.interval_count
  )
}

/**
 * The columns that new terms write, the items apart.
 *
 * A new rhythm is counted from its first period; `anchor_index` lets the index of
 * periods rise on. A day of the month is kept: who is charged on the last day of
 * each month stays there, also where the new anchor is a 28th.
 *
 * @param anchor - the first period of a new rhythm
 * @example
 * termsPatch(monthly, yearly, { at: nextPeriodStart, index: 4 }).anchor_index // 4
 */
export function termsPatch(
  subscription: BillingSubscription,
  terms: NewTerms,
  anchor: NewAnchor
): SubscriptionPatch {
  const { paid_cycles, min_cycles } = subscription
  const { term } = terms
  return {
    plan_id: terms.plan_id,
    ...(isNewRhythm(subscription, terms) &&
      rhythmPatch(subscription, terms, anchor)),
    ...(term && {
      min_cycles:
        term.min_cycles === null
          ? min_cycles
          : Math.max(min_cycles ?? 0, paid_cycles + term.min_cycles),
      max_cycles:
        term.max_cycles === null ? null : paid_cycles + term.max_cycles,
    }),
  }
}

/** The columns of a new rhythm; see {@link termsPatch}. */
export function rhythmPatch(
  subscription: ScheduledSubscription,
  { interval, interval_count }: Pick<NewTerms, "interval" | "interval_count">,
  anchor: NewAnchor
) {
  return {
    interval,
    interval_count,
    anchor_at: anchor.at,
    anchor_index: anchor.index,
    anchor_day_of_month: anchor.is_new_day
      ? null
      : dayOfMonth(subscription, interval),
  }
}

/**
 * A subscription as it will be charged next: with the change that waits for the end
 * of its period. Without one it is itself.
 *
 * @param next - the period that comes; null where only prices matter
 * @example
 * withPendingChange(subscription, cycle).items
 */
export function withPendingChange(
  subscription: BillingSubscription,
  next: { period_start: Date; period_index: number } | null = null
): BillingSubscription {
  const { pending_change: pending, pending_plan } = subscription
  if (!pending) {
    return subscription
  }
  const { anchor_at, anchor_index } = subscription
  return withTerms(subscription, pending, pending_plan, {
    at: next?.period_start ?? anchor_at,
    index: next?.period_index ?? anchor_index,
  })
}

/** A subscription as it is under new terms. */
export function withTerms(
  subscription: BillingSubscription,
  terms: NewTerms,
  plan: BillingPlan | null,
  anchor: NewAnchor
): BillingSubscription {
  return {
    ...subscription,
    ...termsPatch(subscription, terms, anchor),
    plan: plan ?? subscription.plan,
    items: terms.items,
    pending_change: null,
    pending_plan: null,
  }
}

function dayOfMonth(
  { anchor_day_of_month, anchor_at, timezone, interval }: ScheduledSubscription,
  next: BillingInterval
): number | null {
  const isByMonth = (one: BillingInterval) => one === "month" || one === "year"
  if (!isByMonth(next)) {
    return null
  }
  return isByMonth(interval)
    ? (anchor_day_of_month ?? localDayOfMonth(new Date(anchor_at), timezone))
    : null
}
