import type { Share } from "../../../types/portal-admin-http"

const DAY_MS = 86_400_000
const DIGITS = 10_000

/**
 * A part of a whole, with its rate rounded to four digits.
 *
 * @example
 * shareOf(1, 3) // { part: 1, whole: 3, rate: 0.3333 }
 * shareOf(0, 0) // { part: 0, whole: 0, rate: null }
 */
export function shareOf(part: number, whole: number): Share {
  const rate = whole > 0 ? Math.round((part / whole) * DIGITS) / DIGITS : null
  return { part, whole, rate }
}

/**
 * The days that a range touches, in a time zone, as `YYYY-MM-DD`.
 *
 * @param range - `to` is not part of it
 * @example
 * daysOf({ from: new Date("2030-01-01T23:00:00Z"), to: new Date("2030-01-03T00:00:00Z") }, "Europe/Berlin")
 * // ["2030-01-02", "2030-01-03"]
 */
export function daysOf(
  range: { from: Date; to: Date },
  timezone: string
): string[] {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  })
  const last = format.format(new Date(range.to.getTime() - 1))
  const days: string[] = []
  // Dates are counted as such, in UTC, where each day has 24 hours.
  let time = Date.parse(`${format.format(range.from)}T00:00:00Z`)
  for (;;) {
    const day = new Date(time).toISOString().slice(0, 10)
    if (day > last) {
      return days
    }
    days.push(day)
    time += DAY_MS
  }
}
