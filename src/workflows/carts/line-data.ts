/** What the cart's lines say: their data, and the metadata for display. */
import { pricePeriods } from "../../modules/subscription/domain/prepaid"
import { currencyDecimals } from "../../shared/money"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import type { CartItemValues } from "./cart-item-row"
import type { CartLine } from "./load-cart"

/**
 * Metadata keys that point from a line to the row. A storefront may write them,
 * so they find a line again and prove nothing.
 */
export const ROW_POINTER = "portal_cart_item_id"
export const SETUP_FEE_POINTER = "portal_setup_fee_of"

type Metadata = Record<string, unknown>
export type LinePlan = Pick<
  SubscriptionPlanDTO,
  "id" | "handle" | "name" | "interval" | "interval_count"
>

/** What a storefront shows beside the line. */
export function lineMetadata(row: CartItemValues, plan: LinePlan): Metadata {
  return {
    [ROW_POINTER]: row.id,
    portal_plan_id: plan.id,
    portal_plan_handle: plan.handle,
    portal_plan_name: plan.name,
    interval: plan.interval,
    interval_count: plan.interval_count,
    recurring_unit_price: row.recurring_unit_price,
    setup_fee: row.setup_fee,
    trial_days: row.trial_days,
    ...(row.prepaid_cycles && { prepaid_cycles: row.prepaid_cycles }),
  }
}

/** The price fields of a subscription line. */
export function linePrice(row: CartItemValues) {
  const periods = row.trial_days > 0 ? 1 : (row.prepaid_cycles ?? 1)
  const list =
    periods === 1
      ? row.list_unit_price
      : pricePeriods(
          row.list_unit_price,
          periods,
          currencyDecimals(row.currency_code)
        )
  return {
    unit_price: row.first_unit_price,
    compare_at_unit_price: list > row.first_unit_price ? list : null,
    is_tax_inclusive: row.is_tax_inclusive,
  }
}

/** A new subscription line for Medusa's workflow. */
export function newLine(row: CartItemValues, plan: LinePlan) {
  const { compare_at_unit_price, ...price } = linePrice(row)
  return {
    variant_id: row.variant_id,
    quantity: row.quantity,
    ...price,
    ...(compare_at_unit_price !== null && { compare_at_unit_price }),
    metadata: lineMetadata(row, plan),
  }
}

export type NewLine = ReturnType<typeof newLine> | SetupFeeLine

/**
 * The line of a setup fee. It has no variant, so nothing is shipped or taken from
 * stock, and a storefront cannot make one like it. It has the product, so that
 * the product's tax rate holds. Promotions do not touch it: a code for the goods
 * is no promise about the fee.
 */
export type SetupFeeLine = {
  title: string
  quantity: 1
  unit_price: number
  is_tax_inclusive: boolean
  is_discountable: false
  requires_shipping: false
  product_id: string
  metadata: Metadata
}

export function setupFeeLine(
  row: CartItemValues,
  plan: LinePlan
): SetupFeeLine | null {
  if (row.setup_fee === null) {
    return null
  }
  return {
    title: `Setup fee – ${plan.name}`,
    quantity: 1,
    unit_price: row.setup_fee,
    is_tax_inclusive: row.is_tax_inclusive,
    is_discountable: false,
    requires_shipping: false,
    product_id: row.product_id,
    metadata: { [SETUP_FEE_POINTER]: row.id, portal_plan_id: plan.id },
  }
}

/** Whether a line is the one that was made for a row, by what it says. */
export function looksLikeLineOf(row: CartItemValues, line: CartLine): boolean {
  return (
    line.is_custom_price &&
    line.variant_id === row.variant_id &&
    line.metadata?.[ROW_POINTER] === row.id
  )
}

/** The same for the line of the setup fee. */
export function looksLikeFeeOf(row: CartItemValues, line: CartLine): boolean {
  return (
    line.is_custom_price &&
    line.variant_id === null &&
    line.metadata?.[SETUP_FEE_POINTER] === row.id
  )
}
