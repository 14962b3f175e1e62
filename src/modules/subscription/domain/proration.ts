/**
 * Proration: what a change of a subscription in the middle of a paid period
 * gives back for the unused time, and what it charges for the new.
 *
 * Each changed line is credited and charged by the same share of the period,
 * by the second, each amount rounded once. The period does not move.
 *
 * A changed quantity is a credit of the old line and a charge for the new one,
 * as Stripe and Chargebee do it, and not one line of the difference: only then
 * do amounts not depend on the way. Three times one seat more costs what three
 * seats more cost at once, and adding and removing a seat within the same
 * second costs nothing; rounded differences would lose or win a unit each time.
 *
 * @see https://docs.stripe.com/billing/subscriptions/prorations
 * @see https://www.chargebee.com/docs/proration.html
 */
import { CodedError } from "../../../shared/coded-error"
import { fromSmallestUnits, toSmallestUnits } from "../../../shared/money"
import {
  remainingShare,
  unitsOfSpan,
  type ProrationFraction,
  type ProrationLine,
  type ProrationPeriod,
  type ProrationSpan,
} from "./proration-share"

export type ProrationBehavior = "prorate" | "none"

export type ProrationInput = {
  /** When the change takes effect, within the period. */
  at: Date
  /** The period that is paid. */
  period: ProrationPeriod
  /** What was charged for the period: prices after the discounts of then. */
  current: readonly ProrationLine[]
  next: readonly ProrationLine[]
  /** Digits of the currency's smallest unit: 0 for JPY, 3 for KWD. */
  currency_decimals: number
  /** "none": no credit and no charge. "prorate" when left out. */
  proration?: ProrationBehavior
}

/** A line and its prorated amount in major units, above 0. */
export type ProrationEntry = ProrationLine & { amount: number }

/** Major units, whole numbers of the currency's smallest unit. */
export type Proration = {
  fraction: ProrationFraction
  credits: ProrationEntry[]
  charges: ProrationEntry[]
  credit_total: number
  charge_total: number
  /** Charges less credits; below 0 the customer is owed something. */
  net: number
}

/**
 * A change of plan, quantity or items within the same interval: both sides by
 * the remaining share of the period. A line that is the same on both sides (key,
 * price and quantity) is left out, and so is an amount of 0.
 *
 * @throws CodedError `date_invalid`, `date_out_of_range` (`at` outside the
 *   period), `amount_invalid`, `quantity_invalid`, `billing_rule_invalid` (a key
 *   twice on one side)
 * @example
 * prorate({
 *   at: new Date("2026-04-21"),
 *   period: { start: new Date("2026-04-01"), end: new Date("2026-05-01") },
 *   current: [{ key: "item", unit_price: 90, quantity: 1 }],
 *   next: [{ key: "item", unit_price: 120, quantity: 1 }],
 *   currency_decimals: 2,
 * }) // credit_total: 30, charge_total: 40, net: 10
 */
export function prorate(input: ProrationInput): Proration {
  const { at, period, current, next } = input
  const rest = { from: at, to: period.end, period }
  return assemble(input, remainingShare(period, at), {
    credits: entriesOf(current, rest, input, "current").filter(changed(next)),
    charges: entriesOf(next, rest, input, "next").filter(changed(current)),
  })
}

/**
 * A change of the interval: a new period starts now. All current lines are
 * credited by the remaining share, and the new ones are charged in full, even
 * where a line looks the same: its price is for another time.
 *
 * With "none" nothing is due now, because the new interval then begins where the
 * paid period ends, as WooCommerce does it; starting it now would either charge
 * the customer twice or give a period away.
 *
 * @throws CodedError as {@link prorate}
 * @example
 * prorateIntervalChange({ ...monthly, next: [yearly] }) // half of 10; 100
 * // credit_total: 5, charge_total: 100, net: 95
 */
export function prorateIntervalChange(input: ProrationInput): Proration {
  const { at, period, current, next } = input
  const rest = { from: at, to: period.end, period }
  const whole = { from: period.start, to: period.end, period }
  return assemble(input, remainingShare(period, at), {
    credits: entriesOf(current, rest, input, "current"),
    charges: entriesOf(next, whole, input, "next"),
  })
}

/** The lines with their amounts for a span; `field` names them in errors. */
export function entriesOf(
  lines: readonly ProrationLine[],
  span: ProrationSpan,
  { currency_decimals: decimals }: { currency_decimals: number },
  field: string
): ProrationEntry[] {
  if (new Set(lines.map(({ key }) => key)).size < lines.length) {
    throw new CodedError("billing_rule_invalid", "A key names one line.", {
      field,
    })
  }
  return lines.map((line) => ({
    ...line,
    amount: fromSmallestUnits(
      Number(unitsOfSpan(line, span, decimals)),
      decimals
    ),
  }))
}

/** Sums the sides up; with "none" both are empty, after all checks. */
export function assemble(
  input: { currency_decimals: number; proration?: ProrationBehavior },
  fraction: ProrationFraction,
  sides: { credits?: ProrationEntry[]; charges?: ProrationEntry[] }
): Proration {
  const kept = (entries: ProrationEntry[] = []) =>
    input.proration === "none" ? [] : entries.filter(({ amount }) => amount > 0)
  const credits = kept(sides.credits)
  const charges = kept(sides.charges)
  const decimals = input.currency_decimals
  const credit = sumOf(credits, decimals)
  const charge = sumOf(charges, decimals)
  return {
    fraction,
    credits,
    charges,
    credit_total: fromSmallestUnits(credit, decimals),
    charge_total: fromSmallestUnits(charge, decimals),
    net: fromSmallestUnits(charge - credit, decimals),
  }
}

/** Smallest units. */
function sumOf(entries: ProrationEntry[], decimals: number): number {
  return entries.reduce(
    (sum, { amount }) => sum + toSmallestUnits(amount, decimals),
    0
  )
}

function changed(others: readonly ProrationLine[]) {
  return (line: ProrationLine) =>
    !others.some(
      (other) =>
        other.key === line.key &&
        other.unit_price === line.unit_price &&
        other.quantity === line.quantity
    )
}
