import { currencyDecimals, roundMoney } from "../../../../shared/money"
import type { CycleQuote } from "../../../../types/quote"

/**
 * What the lines of a charge cost after what was taken off, in the units of their
 * prices: what a customer has to their credit who paid for a change that was
 * dropped in the same moment.
 */
export function lateCredit({ items, currency_code }: CycleQuote): number {
  const sum = items.reduce(
    (total, { unit_price, quantity, adjustments }) =>
      total +
      unit_price * quantity -
      adjustments.reduce((off, { amount }) => off + amount, 0),
    0
  )
  return Math.max(0, roundMoney(sum, currencyDecimals(currency_code)))
}
