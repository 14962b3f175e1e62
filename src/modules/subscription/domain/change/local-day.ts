import { findZone, toLocal } from "../../../../shared/time-zone"

/**
 * The day of the month of an instant, by the calendar of a time zone.
 *
 * @throws CodedError `timezone_unknown`
 * @example
 * localDayOfMonth(new Date("2026-01-31T23:30:00Z"), "Europe/Paris") // 1
 */
export function localDayOfMonth(instant: Date, timezone: string): number {
  const local = toLocal(findZone(timezone), instant.getTime())
  return new Date(local).getUTCDate()
}
