import { applyCreditBalance } from "../../../modules/subscription/domain/proration-credit"
import {
  allocate,
  currencyDecimals,
  fromSmallestUnits,
  roundMoney,
  toSmallestUnits,
} from "../../../shared/money"
import type { QuoteItem } from "../../../types/quote"

/** The code of adjustments that a credit balance pays. */
export const CREDIT_CODE = "credit-balance"
/** The code of adjustments that give back unused time. */
export const UNUSED_TIME_CODE = "unused-time"
/** Both are the customer's own money, and no discount. */
export const CREDIT_CODES: readonly string[] = [CREDIT_CODE, UNUSED_TIME_CODE]

/**
 * Takes a credit off the items of an order, as discounts, so that tax is due on the
 * rest only. Shipping is not paid by it; what is left over stays the customer's.
 *
 * @param credit - major units, in the units of the items' prices
 * @returns how much of it was used
 */
export function addCredit(
  items: QuoteItem[],
  input: { credit: number; currency_code: string; code?: string }
): number {
  const { credit, currency_code, code = CREDIT_CODE } = input
  const decimals = currencyDecimals(currency_code)
  const open = items.map((item) => openAmount(item, decimals))
  const amount = roundMoney(
    open.reduce((sum, one) => sum + one, 0),
    decimals
  )
  const { applied } = applyCreditBalance({
    balance: credit,
    amount,
    currency_decimals: decimals,
  })
  if (applied === 0) {
    return 0
  }
  allocate(applied, open, decimals).forEach((share, index) => {
    const item = items[index]
    if (item && share > 0) {
      item.adjustments.push({
        amount: share,
        code,
        is_tax_inclusive: item.is_tax_inclusive,
      })
    }
  })
  return applied
}

/** What an item still costs, rounded down; a discount without tax counts with it. */
function openAmount(item: QuoteItem, decimals: number): number {
  const rate = item.tax_lines.reduce((sum, line) => sum + line.rate, 0)
  const off = item.adjustments.reduce(
    (sum, { amount, is_tax_inclusive = false }) =>
      sum +
      (item.is_tax_inclusive && !is_tax_inclusive
        ? amount * (1 + rate / 100)
        : amount),
    0
  )
  const left = item.unit_price * item.quantity - off
  const units = toSmallestUnits(roundMoney(left, 8), decimals)
  const isAbove = fromSmallestUnits(units, decimals) > left + 1e-8
  return Math.max(0, fromSmallestUnits(isAbove ? units - 1 : units, decimals))
}
