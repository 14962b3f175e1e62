/** Several periods that are charged at once and delivered one by one. */
import { fromSmallestUnits, toSmallestUnits } from "../../../shared/money"
import type { SubscriptionPlanDTO } from "../../../types/subscription"
import type { BillingSubscription } from "./billing"
import type { PlanIssue } from "./plan-issue"

/** A year of weeks; who pays further ahead mistypes. */
export const MAX_PREPAID_CYCLES = 52

type Terms = Pick<BillingSubscription, "prepaid_cycles" | "prepaid_left"> &
  Pick<BillingSubscription, "max_cycles" | "paid_cycles">

/**
 * How many periods the next charge of a subscription pays: 0 where it is paid
 * already, 1 without prepayment, never more than are still agreed.
 *
 * @example
 * prepaidPeriods({ prepaid_cycles: 3, prepaid_left: 2, max_cycles: null, paid_cycles: 1 }) // 0
 * prepaidPeriods({ prepaid_cycles: 3, prepaid_left: 0, max_cycles: 4, paid_cycles: 3 }) // 1
 */
export function prepaidPeriods(terms: Terms): number {
  const { prepaid_cycles: cycles, prepaid_left: left } = terms
  if (!cycles) {
    return 1
  }
  if (left) {
    return 0
  }
  const { max_cycles: max, paid_cycles: paid } = terms
  return max === null ? cycles : Math.max(1, Math.min(cycles, max - paid))
}

/**
 * Whether the coming periods are paid for already.
 *
 * @example
 * isPrepaid({ prepaid_cycles: 3, prepaid_left: 2 }) // true
 */
export function isPrepaid({
  prepaid_left,
}: Pick<BillingSubscription, "prepaid_left">): boolean {
  return Boolean(prepaid_left)
}

/**
 * The price of some periods: that of one, times their number, exact.
 *
 * @param price - major units
 * @example
 * pricePeriods(9.9, 3, 2) // 29.7
 */
export function pricePeriods(
  price: number,
  periods: number,
  decimals: number
): number {
  return fromSmallestUnits(toSmallestUnits(price, decimals) * periods, decimals)
}

/**
 * Coming periods until a subscription can end: those that are paid already, or
 * those of its minimum term, rounded up to whole prepayments.
 *
 * @param term - periods of the minimum term that are left
 * @example
 * periodsToEnd({ prepaid_cycles: 3, prepaid_left: 2 }, 0) // 2
 * periodsToEnd({ prepaid_cycles: 3, prepaid_left: 2 }, 3) // 5
 */
export function periodsToEnd(
  {
    prepaid_cycles: cycles,
    prepaid_left: left = 0,
  }: Pick<BillingSubscription, "prepaid_cycles" | "prepaid_left">,
  term: number
): number {
  return cycles && term > left
    ? left + Math.ceil((term - left) / cycles) * cycles
    : Math.max(term, left)
}

/**
 * Which of the coming charges cost something: for each period how many it pays.
 *
 * @example
 * comingPrepayments({ prepaid_cycles: 3, prepaid_left: 1, max_cycles: null, paid_cycles: 2 }, 4)
 * // [0, 3, 0, 0]
 */
export function comingPrepayments(terms: Terms, count: number): number[] {
  const periods: number[] = []
  let { prepaid_left: left = 0, paid_cycles: paid } = terms
  for (let index = 0; index < count; index += 1) {
    const one = prepaidPeriods({
      ...terms,
      prepaid_left: left,
      paid_cycles: paid,
    })
    periods.push(one)
    left = one === 0 ? left - 1 : one - 1
    paid += 1
  }
  return periods
}

/**
 * The length of a purchase: one that is not renewed ends with what it pays.
 *
 * @param prepaid - periods that the purchase pays, as agreed in the cart
 */
export function agreedLength(
  plan: Pick<SubscriptionPlanDTO, "max_cycles" | "prepaid_renews">,
  prepaid: number | null
): number | null {
  const { max_cycles: max } = plan
  if (prepaid === null || plan.prepaid_renews) {
    return max
  }
  return max === null ? prepaid : Math.min(max, prepaid)
}

/** What is wrong with a plan's prepayment. */
export function prepaidIssues({
  prepaid_cycles: cycles,
  prepaid_renews,
  min_cycles,
  max_cycles,
}: Pick<
  SubscriptionPlanDTO,
  "prepaid_cycles" | "prepaid_renews" | "min_cycles" | "max_cycles"
>): PlanIssue[] {
  if (cycles === null) {
    return []
  }
  const issues: PlanIssue[] = []
  const isWhole = Number.isInteger(cycles)
  if (!isWhole || cycles < 2 || cycles > MAX_PREPAID_CYCLES) {
    const message = `must be a whole number from 2 to ${MAX_PREPAID_CYCLES}`
    issues.push({ path: "prepaid_cycles", message })
  } else if (max_cycles !== null && max_cycles % cycles !== 0) {
    const message = "must be a multiple of prepaid_cycles"
    issues.push({ path: "max_cycles", message })
  }
  if (!prepaid_renews && min_cycles !== null && min_cycles > cycles) {
    const message = "must not be above prepaid_cycles where that is not renewed"
    issues.push({ path: "min_cycles", message })
  }
  return issues
}
