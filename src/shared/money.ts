/**
 * Money without floating point. Amounts are in major units (12.34), as
 * everywhere in Medusa, or in a currency's smallest units (1234); `decimals`
 * says how many digits lie between. All arithmetic is on whole numbers.
 */
import { CodedError } from "./coded-error"

/** A number, or its decimal text ("12.34", "-1e-7"). */
export type Amount = number | string

const DECIMAL = /^([+-]?)(\d{1,64})(?:\.(\d{1,64}))?(?:e([+-]?\d{1,3}))?$/i
const MAX_DECIMALS = 8

/**
 * Digits after the point of a currency's smallest unit: 0 for JPY, 2 for EUR,
 * 3 for KWD. They are those of the runtime's Unicode data; where the store's
 * own currency row is at hand, its `decimal_digits` goes before.
 *
 * @param currencyCode - ISO 4217, in any case; 2 for a code nobody knows
 * @throws CodedError `currency_invalid` when it is not three letters
 * @example
 * currencyDecimals("jpy") // 0
 */
export function currencyDecimals(currencyCode: string): number {
  if (!/^[a-z]{3}$/i.test(currencyCode)) {
    throw new CodedError("currency_invalid")
  }
  const code = currencyCode.toUpperCase()
  const known = decimalsOf.get(code)
  if (known !== undefined) {
    return known
  }
  const options = new Intl.NumberFormat("en", {
    style: "currency",
    currency: code,
  }).resolvedOptions()
  const decimals = options.maximumFractionDigits ?? 2
  decimalsOf.set(code, decimals)
  return decimals
}

const decimalsOf = new Map<string, number>()

/**
 * Major units to smallest units, rounded half away from zero on the decimal
 * digits as written: 1.005 is 101, though the float lies below.
 *
 * @param amount - major units
 * @param decimals - digits of the smallest unit, 0 to 8
 * @throws CodedError `amount_invalid`: no number, or beyond 2^53 units
 * @example
 * toSmallestUnits(19.99, 2) // 1999
 */
export function toSmallestUnits(amount: Amount, decimals: number): number {
  return safe(scale(amount, checked(decimals)))
}

/**
 * Smallest units to major units.
 *
 * @param units - a whole number of smallest units
 * @param decimals - digits of the smallest unit, 0 to 8
 * @throws CodedError `amount_invalid`
 * @example
 * fromSmallestUnits(1999, 2) // 19.99
 */
export function fromSmallestUnits(units: number, decimals: number): number {
  if (!Number.isSafeInteger(units)) {
    throw new CodedError("amount_invalid")
  }
  // Parsing decimal text gives the nearest float, dividing may not.
  return Number(`${units}e-${checked(decimals)}`)
}

/**
 * Rounds major units to a currency's smallest unit, half away from zero.
 *
 * @throws CodedError `amount_invalid`
 * @example
 * roundMoney(10.005, 2) // 10.01
 */
export function roundMoney(amount: Amount, decimals: number): number {
  return fromSmallestUnits(toSmallestUnits(amount, decimals), decimals)
}

/**
 * Splits an amount over weights so that the parts add up to it exactly: each
 * gets its share rounded down, and what is left goes, one smallest unit each,
 * to the largest remainders, the earlier first among equals. A negative amount
 * splits as its positive does. Where all weights are 0, all count the same.
 *
 * @param amount - major units; rounded to the smallest unit first
 * @param weights - at least one; 0 or more
 * @param decimals - digits of the smallest unit, 0 to 8
 * @returns major units, one for each weight
 * @throws CodedError `amount_invalid`
 * @example
 * allocate(10, [1, 1, 1], 2) // [3.34, 3.33, 3.33]
 */
export function allocate(
  amount: Amount,
  weights: readonly Amount[],
  decimals: number
): number[] {
  const total = BigInt(toSmallestUnits(amount, decimals))
  const sign = total < 0n ? -1n : 1n
  return largestRemainder(total * sign, comparable(weights)).map((units) =>
    fromSmallestUnits(safe(units * sign), decimals)
  )
}

function largestRemainder(total: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  const shares = weights.map((weight, index) => ({
    index,
    units: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }))
  const left = total - shares.reduce((a, share) => a + share.units, 0n)
  // The sort is stable: the earlier of two equals stays the earlier.
  const winners = [...shares]
    .sort((a, b) =>
      a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : 0
    )
    .slice(0, Number(left))
  const won = new Set(winners.map(({ index }) => index))
  return shares.map(({ index, units }) => (won.has(index) ? units + 1n : units))
}

/** Weights as whole numbers of one scale, whose sum is not 0. */
function comparable(weights: readonly Amount[]): bigint[] {
  const parsed = weights.map(parse)
  const digits = parsed.reduce((most, { scale }) => Math.max(most, scale), 0)
  const whole = parsed.map(
    ({ value, scale }) => value * 10n ** BigInt(digits - scale)
  )
  if (!whole.length || whole.some((weight) => weight < 0n)) {
    throw new CodedError(
      "amount_invalid",
      "Weights are 0 or more, and at least one."
    )
  }
  return whole.some((weight) => weight > 0n) ? whole : whole.map(() => 1n)
}

/**
 * Adds up amounts that are taken so many times each, and rounds the sum once, half
 * away from zero: fractions of a unit's price add up before they are rounded.
 *
 * @param parts - major units of any precision, times a whole number
 * @param decimals - digits of the smallest unit, 0 to 8
 * @throws CodedError `amount_invalid`
 * @example
 * sumOfProducts([{ amount: 0.0004, times: 12_345 }], 2) // 4.94
 */
export function sumOfProducts(
  parts: readonly { amount: Amount; times: number }[],
  decimals: number
): number {
  const products = parts.map(({ amount, times }) => {
    const { value, scale } = parse(amount)
    return { value: value * BigInt(times), scale }
  })
  const digits = products.reduce((most, one) => Math.max(most, one.scale), 0)
  const value = products.reduce(
    (sum, one) => sum + one.value * 10n ** BigInt(digits - one.scale),
    0n
  )
  return fromSmallestUnits(
    safe(rescale({ value, scale: digits }, checked(decimals))),
    decimals
  )
}

function scale(amount: Amount, decimals: number): bigint {
  return rescale(parse(amount), decimals)
}

function rescale(
  { value, scale }: { value: bigint; scale: number },
  decimals: number
): bigint {
  if (scale <= decimals) {
    return value * 10n ** BigInt(decimals - scale)
  }
  const divisor = 10n ** BigInt(scale - decimals)
  const half = value < 0n ? -divisor / 2n : divisor / 2n
  return (value + half) / divisor
}

/** An amount as `value` times ten to the power of minus `scale`. */
function parse(amount: Amount): { value: bigint; scale: number } {
  const [, sign, whole, fraction = "", exponent = "0"] =
    DECIMAL.exec(String(amount)) ?? []
  if (whole === undefined) {
    throw new CodedError("amount_invalid", `"${amount}" is not an amount.`)
  }
  const digits = BigInt(whole + fraction)
  const value = sign === "-" ? -digits : digits
  const scale = fraction.length - Number(exponent)
  return scale >= 0
    ? { value, scale }
    : { value: value * 10n ** BigInt(-scale), scale: 0 }
}

function checked(decimals: number): number {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > MAX_DECIMALS) {
    throw new CodedError(
      "amount_invalid",
      `Decimals are a whole number from 0 to ${MAX_DECIMALS}.`
    )
  }
  return decimals
}

function safe(units: bigint): number {
  const number = Number(units)
  if (!Number.isSafeInteger(number)) {
    throw new CodedError("amount_invalid", "The amount is too large.")
  }
  return number
}
