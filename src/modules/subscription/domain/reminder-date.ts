/** When a customer is told of the next charge. */
import type {
  BillingInterval,
  SubscriptionStatus,
} from "../../../types/subscription"

const DAY_MS = 24 * 60 * 60 * 1000

/** Days before a trial's end. */
export const TRIAL_REMINDER_DAYS = 3

/** Where the plan says nothing: half a year is easily forgotten, a week is not. */
const DAYS_OF_LONG_PERIODS = 7
const DAYS_OF_MONTHS = 3
/** Half a year, by its shortest months. */
const LONG_PERIOD = 6 * 28

/** How often is charged. */
export type Rhythm = { interval: BillingInterval; interval_count: number }

const SHORTEST: Record<BillingInterval, number> = {
  day: 1,
  week: 7,
  month: 28,
  year: 365,
}

/** The days of a rhythm's shortest period. */
export function shortestPeriod({ interval, interval_count }: Rhythm): number {
  return SHORTEST[interval] * interval_count
}

/**
 * How many days before a charge the customer is reminded; 0: never.
 *
 * @param reminder_days - the plan's; null: by the length of the period
 * @example
 * reminderDays({ interval: "year", interval_count: 1, reminder_days: null }) // 7
 */
export function reminderDays({
  reminder_days,
  ...rhythm
}: Rhythm & { reminder_days: number | null }): number {
  if (reminder_days !== null) {
    return reminder_days
  }
  const { interval } = rhythm
  if (interval === "day" || interval === "week") {
    return 0
  }
  return shortestPeriod(rhythm) >= LONG_PERIOD
    ? DAYS_OF_LONG_PERIODS
    : DAYS_OF_MONTHS
}

/** What is known of a charge that lies ahead. */
export type ComingCharge = Rhythm & {
  reminder_days: number | null
  status: SubscriptionStatus
  /** The purchase: who has just bought needs no reminder. */
  started_at: Date
  /** When it is charged. */
  next_attempt_at: Date
  /** When the customer was reminded of this very charge. */
  reminded_at: Date | null
}

/**
 * When the customer is reminded of a charge, once a period. The first charge after
 * a trial is announced as the trial's end, whatever the plan says: nobody remembers
 * it by themselves.
 *
 * @returns null where they are not; it may lie in the past, where a charge was
 * brought forward
 * @example
 * remindAt({ ...charge, reminder_days: 3, next_attempt_at: new Date("2026-03-10T09:00Z") })
 * // 2026-03-07T09:00Z
 */
export function remindAt(charge: ComingCharge): Date | null {
  const days =
    charge.status === "trialing" ? TRIAL_REMINDER_DAYS : reminderDays(charge)
  if (charge.reminded_at || days === 0) {
    return null
  }
  const at = new Date(charge.next_attempt_at.getTime() - days * DAY_MS)
  return at > charge.started_at ? at : null
}

/**
 * Whole days until a charge, as a mail says it.
 *
 * @example
 * daysUntil(new Date("2026-03-10T09:00Z"), new Date("2026-03-07T09:05Z")) // 3
 */
export function daysUntil(date: Date, now: Date): number {
  return Math.max(0, Math.round((date.getTime() - now.getTime()) / DAY_MS))
}
