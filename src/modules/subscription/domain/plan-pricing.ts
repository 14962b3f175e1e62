/** What one unit costs under a plan, on the first charge and on later ones. */
import { CodedError } from "../../../shared/coded-error"
import {
  allocate,
  currencyDecimals,
  fromSmallestUnits,
  roundMoney,
  toSmallestUnits,
} from "../../../shared/money"
import type {
  AmountsByCurrency,
  PlanDiscount,
  SubscriptionPlanDTO,
} from "../../../types/subscription"

import { pricePeriods } from "./prepaid"

/** Percentages count to this many digits after the point. */
export const PERCENT_DECIMALS = 4

/** The part of a plan that prices depend on. */
export type PlanPricing = Pick<
  SubscriptionPlanDTO,
  "first_discount" | "recurring_discount" | "setup_fee" | "trial_days"
> & { prepaid_cycles?: number | null }

export type PlanUnitPriceInput = {
  /** Major units, 0 or more. */
  list_unit_price: number
  /** Null: the list price. */
  discount: PlanDiscount | null
  currency_code: string
  /** Digits of the currency's smallest unit. */
  decimals: number
}

export type PlanPricesInput = {
  plan: PlanPricing
  list_unit_price: number
  currency_code: string
  /** Of the store's own currency row; else those of ISO 4217. */
  decimals?: number
}

/** Prices of one unit in major units, whole numbers of the smallest unit. */
export type PlanPrices = {
  list_unit_price: number
  /** What checkout charges: 0 in a trial; of all periods that are prepaid. */
  first_unit_price: number
  /** Of one period. */
  recurring_unit_price: number
  /** Once for the line, whatever its quantity; null for none. */
  setup_fee: number | null
  trial_days: number
  /** Periods that each charge pays at once; null: one. */
  prepaid_cycles: number | null
}

/**
 * The price of one unit after a plan's discount. The remaining price, not the
 * discount, is rounded half up to the smallest unit; a list price that is finer
 * than that is rounded before. An amount off stops at 0. A fixed price holds
 * even above the list price.
 *
 * @throws CodedError `currency_mismatch`: the discount names no amount in this
 *   currency, and another currency's says nothing here
 * @throws CodedError `amount_invalid`: the list price is negative or no number
 * @example
 * planUnitPrice({
 *   list_unit_price: 9.99,
 *   discount: { type: "percent", value: 15 },
 *   currency_code: "eur",
 *   decimals: 2,
 * }) // 8.49
 */
export function planUnitPrice({
  list_unit_price,
  discount,
  currency_code,
  decimals,
}: PlanUnitPriceInput): number {
  const units = toSmallestUnits(list_unit_price, decimals)
  if (units < 0) {
    throw new CodedError("amount_invalid", "A list price is 0 or more.")
  }
  const list = fromSmallestUnits(units, decimals)
  switch (discount?.type) {
    case undefined:
      return list
    case "percent":
      return percentOff(list, discount.value, decimals)
    case "amount": {
      const off = amountIn(discount.amounts, currency_code)
      const left = units - toSmallestUnits(off, decimals)
      return fromSmallestUnits(Math.max(0, left), decimals)
    }
    case "fixed_price":
      return roundMoney(amountIn(discount.prices, currency_code), decimals)
  }
}

/**
 * The plan's setup fee in a currency.
 *
 * @returns major units, or null for none; 0 in the plan is none as well
 * @throws CodedError `currency_mismatch`: the plan has a fee and none in this
 *   currency; to sell without would give it away
 * @example
 * setupFeeOf({ setup_fee: { eur: 5, usd: 0 } }, "EUR") // 5
 */
export function setupFeeOf(
  plan: Pick<PlanPricing, "setup_fee">,
  currencyCode: string,
  decimals: number = currencyDecimals(currencyCode)
): number | null {
  if (!plan.setup_fee || !Object.keys(plan.setup_fee).length) {
    return null
  }
  return roundMoney(amountIn(plan.setup_fee, currencyCode), decimals) || null
}

/**
 * Everything that a purchase under a plan costs, now and later. A missing first
 * (or recurring) discount is no discount; it does not take the other's place.
 *
 * @throws CodedError as {@link planUnitPrice} and {@link setupFeeOf}
 * @example
 * planPrices({ plan, list_unit_price: 20, currency_code: "eur" })
 * // { list_unit_price: 20, first_unit_price: 0, recurring_unit_price: 18,
 * //   setup_fee: null, trial_days: 14, prepaid_cycles: null }
 */
export function planPrices({
  plan,
  list_unit_price,
  currency_code,
  decimals = currencyDecimals(currency_code),
}: PlanPricesInput): PlanPrices {
  const prepaid = plan.prepaid_cycles ?? null
  const priceWith = (discount: PlanDiscount | null) =>
    planUnitPrice({ list_unit_price, discount, currency_code, decimals })
  return {
    list_unit_price: priceWith(null),
    first_unit_price:
      plan.trial_days > 0
        ? 0
        : pricePeriods(priceWith(plan.first_discount), prepaid ?? 1, decimals),
    recurring_unit_price: priceWith(plan.recurring_discount),
    setup_fee: setupFeeOf(plan, currency_code, decimals),
    trial_days: plan.trial_days,
    prepaid_cycles: prepaid,
  }
}

/** Splits the price into what stays and what goes; a tie goes to what stays. */
function percentOff(list: number, percent: number, decimals: number): number {
  const whole = toSmallestUnits(100, PERCENT_DECIMALS)
  const off = toSmallestUnits(percent, PERCENT_DECIMALS)
  if (off < 0 || off > whole) {
    throw new CodedError("amount_invalid", "A percentage is from 0 to 100.")
  }
  const [left = 0] = allocate(list, [whole - off, off], decimals)
  return left
}

function amountIn(amounts: AmountsByCurrency, currencyCode: string): number {
  const code = currencyCode.toLowerCase()
  const amount = Object.hasOwn(amounts, code) ? amounts[code] : undefined
  if (amount === undefined) {
    throw new CodedError(
      "currency_mismatch",
      `The plan has no amount in "${code}".`,
      { currency_code: code }
    )
  }
  if (!(amount >= 0)) {
    throw new CodedError("amount_invalid", "A plan's amount is 0 or more.")
  }
  return amount
}
