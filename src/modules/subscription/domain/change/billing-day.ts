import { firstAnchoredDate, placeOnDay } from "../../../../shared/calendar"
import { CodedError } from "../../../../shared/coded-error"
import { DAY_MS, findZone, toLocal } from "../../../../shared/time-zone"
import type { ScheduledSubscription } from "../billing-schedule"
import type { ProrationPeriod } from "../proration-share"

/** The day on which a subscription is to be charged. */
export type BillingDay = { day_of_month: number } | { weekday: number }

/** Further back than any month is long. */
const LOOK_BACK_DAYS = 40

/**
 * The date to which the next charge moves: that of the new day which is nearest to
 * the present one, the earlier of two, if it lies at least a day ahead.
 *
 * @param end - when the next charge would be
 * @throws CodedError `validation_failed` where the rhythm has no such day
 * @example
 * // charged on the 5th, next on 5 February
 * nearestDate(monthly, { day_of_month: 15 }, { end: february5, now }) // 15 February
 */
export function nearestDate(
  subscription: ScheduledSubscription,
  day: BillingDay,
  { end, now }: { end: Date; now: Date }
): Date {
  const { interval, timezone } = subscription
  const isByMonth = interval === "month" || interval === "year"
  if (isByMonth !== "day_of_month" in day || interval === "day") {
    throw new CodedError("validation_failed", "The rhythm has no such day.", {
      interval,
    })
  }
  const onDay = (from: Date) =>
    "weekday" in day
      ? firstAnchoredDate({ from, timezone, weekday: day.weekday })
      : firstAnchoredDate({ from, timezone, day_of_month: day.day_of_month })
  const later = onDay(end)
  let earlier: Date | null = null
  let date = onDay(localDaysBefore(end, timezone, LOOK_BACK_DAYS))
  while (date < end) {
    earlier = date
    date = onDay(localDaysBefore(date, timezone, -1))
  }
  const isNearer =
    earlier &&
    earlier.getTime() - now.getTime() >= DAY_MS &&
    end.getTime() - earlier.getTime() <= later.getTime() - end.getTime()
  return isNearer && earlier ? earlier : later
}

/**
 * The full period that ends on a date, by the calendar of its day: what the time
 * until that date is a part of.
 *
 * @example
 * fullPeriodBefore(monthly, { day_of_month: 15 }, february15).start // 15 January
 */
export function fullPeriodBefore(
  { interval, interval_count: count, timezone }: ScheduledSubscription,
  day: BillingDay,
  end: Date
): ProrationPeriod {
  if ("weekday" in day) {
    return { start: localDaysBefore(end, timezone, 7 * count), end }
  }
  const local = new Date(toLocal(findZone(timezone), end.getTime()))
  const months = interval === "year" ? 12 * count : count
  const first = new Date(
    Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - months, 1)
  )
  const length = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)
  ).getUTCDate()
  first.setUTCDate(Math.min(day.day_of_month, length))
  return { start: onLocalDay(first, timezone, end), end }
}

/** The same local time of day, so many local days before. */
function localDaysBefore(date: Date, timezone: string, days: number): Date {
  const local = toLocal(findZone(timezone), date.getTime())
  return onLocalDay(new Date(local - days * DAY_MS), timezone, date)
}

function onLocalDay(local: Date, timezone: string, like: Date): Date {
  return placeOnDay({
    date: local.toISOString().slice(0, 10),
    timezone,
    like,
  })
}
