/**
 * Periods that are shorter or longer than an interval because the billing day
 * moves: the time between the old day and the new one is a stub, charged or
 * credited by its share of the full period that it belongs to.
 *
 * @see https://docs.stripe.com/billing/subscriptions/billing-cycle
 * @see https://www.chargebee.com/docs/billing/2.0/kb/billing/if-i-change-the-next-billing-datetime-on-what-basis-is-the-chargecredit-per-timeunit-calculated
 */
import { CodedError } from "../../../shared/coded-error"
import {
  assemble,
  entriesOf,
  type Proration,
  type ProrationBehavior,
} from "./proration"
import {
  remainingShare,
  type ProrationLine,
  type ProrationPeriod,
  type ProrationSpan,
} from "./proration-share"

export type StubInput = {
  /** What is paid for: from now, or from the paid period's end, to the new day. */
  stub: ProrationPeriod
  /**
   * The full period that the stub is a part of: of the new billing day's calendar
   * the one that ends with the stub. A stub from 5 to 15 February belongs to
   * 15 January to 15 February, and is 10 of its 31 days.
   */
  full_period: ProrationPeriod
  lines: readonly ProrationLine[]
  currency_decimals: number
  /** "none": the stub is free. "prorate" when left out. */
  proration?: ProrationBehavior
}

export type BillingDayInput = Pick<
  StubInput,
  "full_period" | "lines" | "currency_decimals" | "proration"
> & {
  at: Date
  /** The period that is paid, which `at` lies in. */
  period: ProrationPeriod
  /** The first date of the new billing day, not before `at`. */
  new_end: Date
}

/**
 * The charge for a stub. `fraction` tells its share of the full period.
 *
 * @throws CodedError as {@link prorate}; `date_out_of_range` as well where the
 *   stub is not within the full period
 * @example
 * prorateStub({ ...input, lines: [thirtyOneAMonth] }).charge_total // 10
 */
export function prorateStub(input: StubInput): Proration {
  const { stub, full_period } = input
  const span = { from: stub.start, to: stub.end, period: full_period }
  return assemble(input, shareOf(span), {
    charges: entriesOf(input.lines, span, input, "lines"),
  })
}

/**
 * A change of the billing day. A later date makes the paid period longer: the
 * extra days are charged by their share of `full_period`. An earlier one makes it
 * shorter: the days that were paid and now belong to the next period are credited
 * by their share of `period`, for which they were charged. The renewal at
 * `new_end` is a full charge either way.
 *
 * To start a new period at once, use {@link prorateIntervalChange} with the same
 * lines: it credits the rest and charges in full.
 *
 * @throws CodedError as {@link prorateStub}; `date_out_of_range` as well where
 *   `new_end` lies before `at`
 * @example
 * // paid until 5 February, from now on the 15th
 * prorateBillingDay({ ...input, new_end: february15 }).charge_total // 10
 * // paid until 15 February, from now on the 1st
 * prorateBillingDay({ ...input, new_end: february1 }).credit_total // 14
 */
export function prorateBillingDay(input: BillingDayInput): Proration {
  const { at, period, new_end, lines } = input
  remainingShare(period, at)
  if (new_end > period.end) {
    return prorateStub({ ...input, stub: { start: period.end, end: new_end } })
  }
  if (new_end < at) {
    throw new CodedError("date_out_of_range", "new_end lies before at.", {
      field: "new_end",
    })
  }
  const span = { from: new_end, to: period.end, period }
  return assemble(input, shareOf(span), {
    credits: entriesOf(lines, span, input, "lines"),
  })
}

function shareOf({ from, to, period }: ProrationSpan) {
  const left = remainingShare(period, from, "from")
  const after = remainingShare(period, to, "to")
  return {
    remaining_seconds: left.remaining_seconds - after.remaining_seconds,
    total_seconds: left.total_seconds,
  }
}
