import {
  billingDate,
  firstAnchoredDate,
  nextAfter,
  period,
} from "../../../shared/calendar"
import type { BillingPeriod, BillingRule } from "../../../shared/calendar"
import type { AnchorType, BillingInterval } from "../../../types/subscription"

/** What a subscription's row says of its billing dates. */
export type ScheduledSubscription = {
  anchor_at: Date | string
  anchor_day_of_month: number | null
  /** The `period_index` that starts at the anchor. Left out: 0. */
  anchor_index?: number
  timezone: string
  interval: BillingInterval
  interval_count: number
}

/** What a plan and a purchase say of a new subscription's billing dates. */
export type NewScheduleInput = {
  /** The purchase. */
  started_at: Date
  timezone: string
  trial_days: number
  interval: BillingInterval
  interval_count: number
  anchor_type: AnchorType
  anchor_day: number | null
}

/** The billing dates of a new subscription. */
export type NewSchedule = {
  anchor_at: Date
  anchor_day_of_month: number | null
  /**
   * The `n` at which the first renewal is due: 1 where checkout paid the period
   * that starts at the anchor, 0 where the anchor itself is the first due date.
   */
  period_offset: 0 | 1
  trial_ends_at: Date | null
  /** The period that checkout paid, or the trial. */
  initial_period: BillingPeriod<Date>
}

/**
 * Period `n` of a subscription, counted from its anchor and never from the
 * period before.
 *
 * @param n - the cycle's `period_index`
 * @throws CodedError as `period` of the calendar
 *
 * @example
 * cyclePeriod(subscription, 1) // { start: 29 Feb, end: 31 Mar } for an anchor on 31 Jan
 */
export function cyclePeriod(
  subscription: ScheduledSubscription,
  n: number
): BillingPeriod<Date> {
  return period({ ...ruleOf(subscription), n: sinceAnchor(subscription, n) })
}

/**
 * The `n` of the period in which a moment lies, or `n` itself where the moment
 * lies before that period's end. After a stop of the store this is the period to
 * charge: the missed ones are left out.
 *
 * @param n - the period that is due
 *
 * @example
 * currentPeriodIndex(subscription, 1, fourPeriodsLater) // 5
 */
export function currentPeriodIndex(
  subscription: ScheduledSubscription,
  n: number,
  now: Date
): number {
  return Math.max(n, nextPeriodIndex(subscription, now) - 1)
}

/** The start of period `n`. */
export function billingDateOf(
  subscription: ScheduledSubscription,
  n: number
): Date {
  return billingDate({
    ...ruleOf(subscription),
    n: sinceAnchor(subscription, n),
  })
}

/** The first period that starts after a moment. */
export function nextPeriodIndex(
  subscription: ScheduledSubscription,
  after: Date
): number {
  return (
    nextAfter({ ...ruleOf(subscription), after }) +
    (subscription.anchor_index ?? 0)
  )
}

/** The first period that starts at a moment or after it. */
export function firstPeriodFrom(
  subscription: ScheduledSubscription,
  from: Date
): number {
  return nextPeriodIndex(subscription, new Date(from.getTime() - 1))
}

/**
 * Counts out the dates of a subscription that is bought now.
 *
 * A trial lasts whole local days and its end is the first charge; with a fixed
 * billing day it goes on to that day. A fixed billing day lies on or after the
 * purchase: where the purchase is on that very day, checkout paid the period that
 * starts there.
 *
 * @example
 * newSchedule({ started_at, timezone: "UTC", trial_days: 14, interval: "month",
 *   interval_count: 1, anchor_type: "purchase", anchor_day: null })
 * // anchor_at is 14 days on, period_offset 0
 */
export function newSchedule(input: NewScheduleInput): NewSchedule {
  const { started_at: start, timezone } = input
  const trialEnd =
    input.trial_days > 0
      ? period({
          anchor: start,
          timezone,
          interval: "day",
          interval_count: input.trial_days,
          n: 0,
        }).end
      : null
  const anchor_at = anchorAfter(trialEnd ?? start, input)
  const rule = {
    anchor_at,
    anchor_day_of_month:
      input.anchor_type === "day_of_month" ? input.anchor_day : null,
    timezone,
    interval: input.interval,
    interval_count: input.interval_count,
  }
  const paidFromAnchor = !trialEnd && anchor_at.getTime() === start.getTime()
  return {
    anchor_at,
    anchor_day_of_month: rule.anchor_day_of_month,
    period_offset: paidFromAnchor ? 1 : 0,
    trial_ends_at: trialEnd && anchor_at,
    initial_period: {
      start,
      end: paidFromAnchor ? cyclePeriod(rule, 0).end : anchor_at,
    },
  }
}

function anchorAfter(from: Date, input: NewScheduleInput): Date {
  const { anchor_type: type, anchor_day: day, timezone } = input
  if (type === "purchase" || day === null) {
    return from
  }
  return type === "day_of_month"
    ? firstAnchoredDate({ from, timezone, day_of_month: day })
    : firstAnchoredDate({ from, timezone, weekday: day })
}

function sinceAnchor(
  { anchor_index = 0 }: ScheduledSubscription,
  n: number
): number {
  return n - anchor_index
}

function ruleOf(subscription: ScheduledSubscription): BillingRule<Date> {
  return {
    anchor: new Date(subscription.anchor_at),
    timezone: subscription.timezone,
    interval: subscription.interval,
    interval_count: subscription.interval_count,
    day_of_month: subscription.anchor_day_of_month,
  }
}
