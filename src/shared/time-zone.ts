/**
 * Local time and instants. A local time is a number: the milliseconds since
 * 1970 that UTC would show if its wall clock read the same.
 */
import { IANAZone } from "luxon"
import { CodedError } from "./coded-error"

/** Milliseconds of a day that has no change of clocks in it. */
export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const NAME = /^[A-Za-z][\w+\-/]{0,63}$/

/** An IANA time zone, as {@link findZone} found it. */
export type Zone = Pick<IANAZone, "offset">

// Luxon would remember unknown names too; these come from outside.
const known = new Map<string, Zone>()

/**
 * The time zone of an IANA name.
 *
 * @throws CodedError `timezone_unknown`; an offset such as "+02:00" is none
 * @example
 * findZone("Europe/Paris")
 */
export function findZone(name: string): Zone {
  const found = known.get(name)
  if (found) {
    return found
  }
  if (!NAME.test(name) || !IANAZone.isValidZone(name)) {
    throw new CodedError("timezone_unknown", `Unknown time zone "${name}".`, {
      timezone: name,
    })
  }
  const zone = IANAZone.create(name)
  known.set(name, zone)
  return zone
}

/**
 * The local time of an instant.
 *
 * @param instant - milliseconds since 1970
 * @example
 * toLocal(findZone("Europe/Paris"), Date.UTC(2024, 0, 1)) // reads 01:00
 */
export function toLocal(zone: Zone, instant: number): number {
  return instant + zone.offset(instant) * MINUTE_MS
}

/**
 * The instant of a local time.
 *
 * - A time that the clocks show twice is the first of the two.
 * - A time that the clocks skip moves forward by what they skip: with the
 *   clocks going from 02:00 to 03:00, 02:30 is 03:30.
 * - Where a whole day is skipped (Samoa had no 30 December 2011), moving
 *   forward would make two days one. The skipped time then lies half way
 *   between the same time of its neighbours, so that the order of days is kept.
 *
 * @returns milliseconds since 1970
 * @example
 * toInstant(findZone("Europe/Paris"), Date.UTC(2024, 2, 31, 2, 30)) // 01:30Z
 */
export function toInstant(zone: Zone, local: number): number {
  // No offset is as large as a day, so these lie before and after the instant,
  // and no zone changes its clocks and changes them back within two days.
  const before = zone.offset(local - DAY_MS) * MINUTE_MS
  const after = zone.offset(local + DAY_MS) * MINUTE_MS
  if (before === after) {
    return local - before
  }
  const first = local - Math.max(before, after)
  if (toLocal(zone, first) === local) {
    return first
  }
  const second = local - Math.min(before, after)
  if (toLocal(zone, second) === local) {
    return second
  }
  const skipped = after - before
  return local - before - (skipped < DAY_MS ? 0 : skipped / 2)
}
