/**
 * What a part of a billing period costs. A price is spread evenly over the
 * seconds of its period, by exact ratios of whole numbers: no float is ever
 * multiplied or divided.
 *
 * The rule of rounding: what the time from a moment to the period's end costs
 * is rounded once, half up, to the currency's smallest unit, and a part is the
 * difference of two such amounts. So parts that touch add up to the whole to
 * the smallest unit, however often a period is cut, and no part is negative or
 * above the price.
 */
import type { BillingPeriod } from "../../../shared/calendar"
import { CodedError } from "../../../shared/coded-error"
import { fromSmallestUnits, toSmallestUnits } from "../../../shared/money"

/** `start` belongs to the period, `end` is the next one's start. */
export type ProrationPeriod = BillingPeriod<Date>

/** Something that a subscription pays for. */
export type ProrationLine = {
  /** Names the item on both sides of a change, and once on each. */
  key: string
  title?: string
  /**
   * Major units for one full period, 0 or more. It may be finer than the
   * currency, to 8 digits after the point; only the result is rounded.
   */
  unit_price: number
  /** A whole number, 0 or more. */
  quantity: number
}

/** A part of a period, in seconds that really pass. */
export type ProrationFraction = {
  remaining_seconds: number
  total_seconds: number
}

/** A part of the period that a line's price is for. */
export type ProrationSpan = { from: Date; to: Date; period: ProrationPeriod }

const FINEST_DECIMALS = 8
/** Another digit still fits below 2^53. */
const MAX_UNITS = Math.floor(Number.MAX_SAFE_INTEGER / 10) - 1

/**
 * How much of a period is left. Both figures count seconds between instants, so
 * that a day of 23 or 25 hours counts as what it is; milliseconds are cut off.
 *
 * @param field - what the error calls the moment
 * @throws CodedError `date_invalid`: no date, or a period shorter than a second
 * @throws CodedError `date_out_of_range`: the moment lies outside the period
 * @example
 * remainingShare({ start: april1, end: may1 }, april21)
 * // { remaining_seconds: 864000, total_seconds: 2592000 }
 */
export function remainingShare(
  { start, end }: ProrationPeriod,
  at: Date,
  field = "at"
): ProrationFraction {
  const first = secondOf(start, "period.start")
  const last = secondOf(end, "period.end")
  const moment = secondOf(at, field)
  if (last <= first) {
    throw new CodedError("date_invalid", "A period ends after its start.", {
      field: "period",
    })
  }
  if (at < start || at > end) {
    throw new CodedError(
      "date_out_of_range",
      `${field} lies outside the period.`,
      { field }
    )
  }
  return { remaining_seconds: last - moment, total_seconds: last - first }
}

/**
 * What a line costs for a part of its period.
 *
 * @param decimals - digits of the currency's smallest unit, 0 to 8
 * @returns smallest units, from 0 to the line's price for the whole period
 * @throws CodedError as {@link remainingShare}; `amount_invalid`,
 *   `quantity_invalid`
 * @example
 * // 90 a month, the last 10 of 30 days
 * unitsOfSpan(line, { from: april21, to: may1, period }, 2) // 3000n
 */
export function unitsOfSpan(
  line: ProrationLine,
  { from, to, period }: ProrationSpan,
  decimals: number
): bigint {
  const left = remainingShare(period, from, "from")
  const after = remainingShare(period, to, "to")
  if (from > to) {
    throw new CodedError("date_out_of_range", "from lies after to.", {
      field: "from",
    })
  }
  return unitsLeft(line, left, decimals) - unitsLeft(line, after, decimals)
}

function unitsLeft(
  { unit_price, quantity }: ProrationLine,
  { remaining_seconds, total_seconds }: ProrationFraction,
  decimals: number
): bigint {
  if (!Number.isSafeInteger(quantity) || quantity < 0) {
    throw new CodedError("quantity_invalid")
  }
  const { units, scale } = exactPrice(unit_price, decimals)
  const dividend = units * BigInt(quantity) * BigInt(remaining_seconds)
  const divisor = BigInt(total_seconds) * 10n ** BigInt(scale - decimals)
  return (2n * dividend + divisor) / (2n * divisor)
}

/** A price as written, without the noise of floats: at 8 digits it ends. */
function exactPrice(price: number, decimals: number) {
  let scale = decimals
  let units = toSmallestUnits(price, scale)
  if (units < 0) {
    throw new CodedError("amount_invalid", "A price is 0 or more.")
  }
  while (
    scale < FINEST_DECIMALS &&
    units < MAX_UNITS &&
    fromSmallestUnits(units, scale) !== price
  ) {
    scale += 1
    units = toSmallestUnits(price, scale)
  }
  return { units: BigInt(units), scale }
}

function secondOf(date: Date, field: string): number {
  const time = date.getTime()
  if (!Number.isFinite(time)) {
    throw new CodedError("date_invalid", `${field} is not a date.`, { field })
  }
  return Math.floor(time / 1000)
}
