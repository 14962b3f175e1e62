/** What discounts and amounts of a plan must be. */
import { currencyDecimals, roundMoney } from "../../../shared/money"
import type {
  AmountsByCurrency,
  PlanDiscount,
} from "../../../types/subscription"
import { issue, type PlanIssue } from "./plan-issue"
import { PERCENT_DECIMALS } from "./plan-pricing"

/** Far above any price, and exact as a float with three decimals. */
const MAX_AMOUNT = 1e11
const CURRENCY = /^[a-z]{3}$/

/** What is wrong with a discount; nothing where there is none. */
export function discountIssues(
  path: string,
  discount: PlanDiscount | null
): PlanIssue[] {
  switch (discount?.type) {
    case undefined:
      return []
    case "percent":
      return percentIssues(`${path}.value`, discount.value)
    case "amount":
      return amountIssues(`${path}.amounts`, discount.amounts, "above 0")
    case "fixed_price":
      return amountIssues(`${path}.prices`, discount.prices, 0)
  }
}

function percentIssues(path: string, value: number): PlanIssue[] {
  const fits =
    value >= 0 && value <= 100 && roundMoney(value, PERCENT_DECIMALS) === value
  return fits
    ? []
    : [issue(path, `must be 0 to 100, at most ${PERCENT_DECIMALS} decimals`)]
}

/** A price or a fee may be 0: free in that currency. An amount off may not. */
export function amountIssues(
  path: string,
  amounts: AmountsByCurrency,
  least: 0 | "above 0"
): PlanIssue[] {
  const entries = Object.entries(amounts)
  if (!entries.length) {
    return [issue(path, "needs an amount in at least one currency")]
  }
  return entries.flatMap(([code, amount]) => {
    const here = `${path}.${code}`
    if (!CURRENCY.test(code)) {
      return [issue(here, "is no currency code of three lower-case letters")]
    }
    if (!(amount >= 0 && amount <= MAX_AMOUNT) || (least !== 0 && !amount)) {
      return [issue(here, `must be ${least} to ${MAX_AMOUNT}`)]
    }
    const decimals = currencyDecimals(code)
    return roundMoney(amount, decimals) === amount
      ? []
      : [issue(here, `must have at most ${decimals} decimals`)]
  })
}

/** The amounts by currency that a discount names. */
export function amountsOf(discount: PlanDiscount | null | undefined) {
  switch (discount?.type) {
    case "amount":
      return discount.amounts
    case "fixed_price":
      return discount.prices
    case "percent":
    case undefined:
      return undefined
  }
}
