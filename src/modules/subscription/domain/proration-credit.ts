/**
 * What becomes of a proration below 0: it is not paid out but kept, and the next
 * charges take from it before anything else pays.
 *
 * @see https://docs.stripe.com/billing/customer/balance
 */
import { CodedError } from "../../../shared/coded-error"
import { fromSmallestUnits, toSmallestUnits } from "../../../shared/money"

/** Major units. */
export type CreditedCharge = {
  /** What the credit paid, 0 or more. */
  applied: number
  /** What is left to charge, 0 or more. */
  due: number
  /** The credit that is left, 0 or more. */
  balance: number
}

/**
 * Applies a credit balance to a charge: never below 0, and the rest is kept. A
 * charge below 0, such as the `net` of a downgrade, is added to the balance.
 * Credit and charge are of one currency, and that is the caller's to see to.
 *
 * @param balance - the credit so far, 0 or more, in major units
 * @param amount - the charge, or below 0 a credit, in major units
 * @throws CodedError `amount_invalid`
 * @example
 * applyCreditBalance({ balance: 20, amount: 30, currency_decimals: 2 })
 * // { applied: 20, due: 10, balance: 0 }
 * applyCreditBalance({ balance: 5, amount: -20, currency_decimals: 2 })
 * // { applied: 0, due: 0, balance: 25 }
 */
export function applyCreditBalance(input: {
  balance: number
  amount: number
  currency_decimals: number
}): CreditedCharge {
  const { currency_decimals: decimals } = input
  const balance = toSmallestUnits(input.balance, decimals)
  const amount = toSmallestUnits(input.amount, decimals)
  if (balance < 0) {
    throw new CodedError("amount_invalid", "A credit balance is 0 or more.")
  }
  const applied = Math.max(0, Math.min(balance, amount))
  return {
    applied: fromSmallestUnits(applied, decimals),
    due: fromSmallestUnits(Math.max(0, amount) - applied, decimals),
    balance: fromSmallestUnits(
      balance - applied + Math.max(0, -amount),
      decimals
    ),
  }
}
