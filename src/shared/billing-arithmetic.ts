/** What the files of the billing calendar share. */
import type { DateTime } from "luxon"
import { CodedError } from "./coded-error"

/**
 * Moves a local time to a day of its month: to the last where there is none.
 *
 * @example
 * toDayOfMonth(february, 31) // 28 or 29 February
 */
export function toDayOfMonth(local: DateTime, day: number): DateTime {
  return local.set({ day: Math.min(day, local.endOf("month").day) })
}

/**
 * Refuses what is not a whole number of a range.
 *
 * @throws CodedError `billing_rule_invalid`, with `details.field`
 * @example
 * requireWhole("weekday", 8, 1, 7) // throws
 */
export function requireWhole(
  field: string,
  value: number,
  min: number,
  max: number
): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new CodedError(
      "billing_rule_invalid",
      `${field} is a whole number from ${min} to ${max}.`,
      { field }
    )
  }
}
