/**
 * Billing dates: the n-th date after an anchor, always counted from the
 * original anchor and never from the date before, in the local calendar of
 * a time zone. A day that a month lacks is the month's last day, and only in
 * that month: 31 Jan → 28 Feb → 31 Mar. The local time of day is kept over
 * changes of the clocks; `time-zone.ts` says what a skipped or repeated time is.
 *
 * Nothing here knows the present or chains one date to the next.
 */
import { DateTime } from "luxon"
import { requireWhole, toDayOfMonth } from "./billing-arithmetic"
import {
  openMoment,
  type BillingMoment,
  type OpenMoment,
  type SameForm,
} from "./billing-form"
import { CodedError } from "./coded-error"
import { DAY_MS } from "./time-zone"

export type { BillingMoment, SameForm } from "./billing-form"
export { firstAnchoredDate } from "./first-anchored-date"

/** The units of an interval. */
export type BillingInterval = "day" | "week" | "month" | "year"

/** What fixes all dates of a subscription. */
export interface BillingRule<M extends BillingMoment = BillingMoment> {
  /** The original anchor, date 0. It never changes by renewal. */
  anchor: M
  /** IANA name of the zone whose calendar counts. */
  timezone: string
  interval: BillingInterval
  /** Intervals from one date to the next: a whole number, 1 to 1000. */
  interval_count: number
  /**
   * Day of the month (1 to 31) to aim at instead of the anchor's own, for
   * months and years: an anchor on 28 February with 31 goes on to 31 March.
   */
  day_of_month?: number | null
}

/** A billing period: `start` belongs to it, `end` is the next one's start. */
export interface BillingPeriod<M extends BillingMoment = BillingMoment> {
  start: SameForm<M>
  end: SameForm<M>
}

const STEP = {
  day: { unit: "days", size: 1 },
  week: { unit: "days", size: 7 },
  month: { unit: "months", size: 1 },
  year: { unit: "months", size: 12 },
} as const

const MAX_INTERVAL_COUNT = 1_000
const MAX_N = 100_000
const MAX_DATES = 1_000

/**
 * The n-th date after the anchor, in the form in which the anchor came.
 *
 * @param input - the rule, and `n`: a whole number, 0 (the anchor) to 100 000
 * @returns a day for a day; UTC ISO text or a `Date` for an instant
 * @throws CodedError `billing_rule_invalid`, `date_invalid`,
 * `date_out_of_range` (after 9999), `timezone_unknown`
 * @example
 * billingDate({
 *   anchor: "2024-01-31", timezone: "Europe/Paris",
 *   interval: "month", interval_count: 1, n: 1,
 * }) // "2024-02-29"
 */
export function billingDate<M extends BillingMoment>(
  input: BillingRule<M> & { n: number }
): SameForm<M> {
  const { at, moment } = compile(input)
  return moment.format(at(input.n))
}

/**
 * The n-th period, from date n up to date n + 1. Periods touch and never
 * overlap.
 *
 * @param input - the rule, and `n` from 0
 * @throws CodedError as {@link billingDate}
 * @example
 * period({ ...rule, n: 0 }) // { start: "2024-01-31", end: "2024-02-29" }
 */
export function period<M extends BillingMoment>(
  input: BillingRule<M> & { n: number }
): BillingPeriod<M> {
  const { at, moment } = compile(input)
  return {
    start: moment.format(at(input.n)),
    end: moment.format(at(input.n + 1)),
  }
}

/**
 * Consecutive dates.
 *
 * @param input - the rule, `count` (1 to 1000) and `from`, the first n
 * (1 unless told: the anchor itself is not a coming date)
 * @throws CodedError as {@link billingDate}
 * @example
 * schedule({ ...rule, count: 2 }) // ["2024-02-29", "2024-03-31"]
 */
export function schedule<M extends BillingMoment>(
  input: BillingRule<M> & { count: number; from?: number }
): SameForm<M>[] {
  const { at, moment } = compile(input)
  const { count, from = 1 } = input
  requireWhole("count", count, 1, MAX_DATES)
  return Array.from({ length: count }, (_, i) => moment.format(at(from + i)))
}

/**
 * The smallest n whose date lies after a moment: the next date of
 * a subscription after a pause or an outage. The cost does not grow with the
 * number of periods.
 *
 * @param input - the rule, and `after`: an instant or a day. A day is compared
 * with instants by its local midnight, an instant with days by its local day.
 * @returns n, 0 if the anchor itself lies after the moment
 * @throws CodedError as {@link billingDate}
 * @example
 * nextAfter({ ...rule, after: "2024-03-31" }) // 3, that is 2024-04-30
 */
export function nextAfter(
  input: BillingRule & { after: BillingMoment }
): number {
  const { at, moment, estimate } = compile(input)
  const after = moment.place(input.after)
  let n = estimate(moment.toLocal(after))
  // Local months and days may run ahead of instants where a zone skips time.
  while (n > 0 && at(n - 1) > after) {
    n -= 1
  }
  while (at(n) <= after) {
    n += 1
  }
  return n
}

/**
 * The instant of a day at the local time of day of another instant, or an instant
 * as it is: for moving a date that has a time of day.
 *
 * @param input - `date`: a day ("2024-03-05") or an instant; `like`: where the time
 * of day comes from
 * @throws CodedError `date_invalid`, `date_out_of_range`, `timezone_unknown`
 * @example
 * placeOnDay({ date: "2024-03-05", timezone: "Europe/Paris", like }) // 5 March, its time
 */
export function placeOnDay(input: {
  date: string
  timezone: string
  like: Date
}): Date {
  const { date, timezone, like } = input
  const moment = openMoment(like, timezone)
  const day = openMoment(date, timezone)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date)
  if (!isDay) {
    return moment.format(day.position)
  }
  const timeOfDay = moment.toLocal(moment.position) % DAY_MS
  return moment.format(
    moment.toPosition(day.position + ((timeOfDay + DAY_MS) % DAY_MS))
  )
}

interface Compiled<M extends BillingMoment> {
  moment: OpenMoment<M>
  /** The position of date n. */
  at: (n: number) => number
  /** An n whose date is near a local time. */
  estimate: (local: number) => number
}

function compile<M extends BillingMoment>(rule: BillingRule<M>): Compiled<M> {
  const { interval, interval_count, day_of_month: day } = rule
  const { unit, size } = stepOf(interval)
  requireWhole("interval_count", interval_count, 1, MAX_INTERVAL_COUNT)
  if (day != null) {
    requireWhole("day_of_month", day, 1, 31)
    if (unit === "days") {
      throw new CodedError(
        "billing_rule_invalid",
        "day_of_month goes with months and years only.",
        { field: "day_of_month" }
      )
    }
  }
  const moment = openMoment(rule.anchor, rule.timezone)
  const anchor = moment.toLocal(moment.position)
  const origin = DateTime.fromMillis(anchor, { zone: "utc" })
  const step = size * interval_count

  return {
    moment,
    at: (n) => {
      requireWhole("n", n, 0, MAX_N)
      const moved = origin.plus({ [unit]: n * step })
      const local = (day == null ? moved : toDayOfMonth(moved, day)).toMillis()
      // The anchor is itself, even as the second of two equal local times.
      return local === anchor ? moment.position : moment.toPosition(local)
    },
    estimate: (local) => {
      const units =
        unit === "days"
          ? (local - anchor) / DAY_MS
          : monthNumber(DateTime.fromMillis(local, { zone: "utc" })) -
            monthNumber(origin)
      return Math.min(MAX_N, Math.max(0, Math.floor(units / step)))
    },
  }
}

function stepOf(interval: BillingInterval) {
  if (!Object.hasOwn(STEP, interval)) {
    throw new CodedError(
      "billing_rule_invalid",
      `The interval is one of ${Object.keys(STEP).join(", ")}.`
    )
  }
  return STEP[interval]
}

function monthNumber(local: DateTime): number {
  return local.year * 12 + local.month
}
