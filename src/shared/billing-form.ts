/** The forms in which a billing date comes and goes: a day or an instant. */
import { DateTime } from "luxon"
import { CodedError } from "./coded-error"
import { DAY_MS, findZone, toInstant, toLocal } from "./time-zone"

/**
 * A moment of a billing calendar: a day ("2024-01-31"), or an instant as ISO
 * 8601 with "Z" or an offset, or as a `Date`.
 */
export type BillingMoment = string | Date

/** The form that answers a moment: `Date` for `Date`, text for text. */
export type SameForm<M extends BillingMoment> = M extends Date ? Date : string

/**
 * A moment and the means to move it. A position is a number that orders
 * moments: the instant in milliseconds or, for a day, its local midnight.
 */
export interface OpenMoment<M extends BillingMoment> {
  readonly position: number
  toLocal: (position: number) => number
  toPosition: (local: number) => number
  /** The position in the form in which the moment came. */
  format: (position: number) => SameForm<M>
  /** The position of another moment, to compare with. */
  place: (other: BillingMoment) => number
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/
const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(9999, 11, 31)

/**
 * Reads a moment in a time zone.
 *
 * @param moment - a day or an instant of the years 1900 to 9999
 * @param timezone - IANA name
 * @throws CodedError `date_invalid`, `date_out_of_range`, `timezone_unknown`
 * @example
 * openMoment("2024-01-31", "Europe/Paris").format(0) // "1970-01-01"
 */
export function openMoment<M extends BillingMoment>(
  moment: M,
  timezone: string
): OpenMoment<M> {
  const zone = findZone(timezone)
  const position = inRange(read(moment))
  const as = (value: BillingMoment) => value as SameForm<M>
  if (isDay(moment)) {
    return {
      position,
      toLocal: (value) => value,
      toPosition: inRange,
      format: (value) => as(iso(value).slice(0, 10)),
      place: (other) =>
        isDay(other) ? read(other) : startOfDay(toLocal(zone, read(other))),
    }
  }
  const isDate = moment instanceof Date
  return {
    position,
    toLocal: (value) => toLocal(zone, value),
    toPosition: (local) => toInstant(zone, inRange(local)),
    format: (value) => as(isDate ? new Date(value) : iso(value)),
    place: (other) =>
      isDay(other) ? toInstant(zone, read(other)) : read(other),
  }
}

function isDay(moment: BillingMoment): boolean {
  return typeof moment === "string" && DAY.test(moment)
}

function read(moment: BillingMoment): number {
  const readable =
    moment instanceof Date || isDay(moment) || INSTANT.test(moment)
  const value =
    moment instanceof Date
      ? moment.getTime()
      : DateTime.fromISO(moment, { zone: "utc" }).toMillis()
  if (!readable || Number.isNaN(value)) {
    throw new CodedError(
      "date_invalid",
      `"${String(moment)}" is neither a day (2024-01-31) nor an instant (2024-01-31T10:00:00Z).`
    )
  }
  return value
}

function inRange(value: number): number {
  if (!(value >= FIRST && value <= LAST)) {
    throw new CodedError("date_out_of_range")
  }
  return value
}

function startOfDay(local: number): number {
  return Math.floor(local / DAY_MS) * DAY_MS
}

function iso(value: number): string {
  return new Date(value).toISOString()
}
