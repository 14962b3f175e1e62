import type { SubscriptionPlanDTO } from "../../types/subscription"

type Json = Record<string, unknown>

/** A line of the order, as far as a subscription needs it. */
export type PurchasedLine = {
  id: string
  variant_id: string | null
  title: string
  quantity: number
  unit_price: number
  /** What was paid for the line, discounts off, tax included. */
  total: number
  /** Percent, all rates of the line together. */
  tax_rate: number
  metadata: Json | null
}

/** The plugin's row of a cart line: the truth about plan and prices. */
export type PurchasedRow = {
  id: string
  /** Line of the cart while that line exists, see `loadPurchase`. */
  line_item_id: string | null
  plan_id: string
  product_id: string
  variant_id: string
  is_tax_inclusive: boolean
  list_unit_price: number
  first_unit_price: number
  recurring_unit_price: number
  trial_days: number
  prepaid_cycles: number | null
}

/**
 * An order with subscription lines, read in one go. Times are ISO text: what goes
 * from step to step of a workflow may travel as JSON.
 */
export type Purchase = {
  order_id: string
  cart_id: string
  customer_id: string
  email: string
  currency_code: string
  region_id: string
  sales_channel_id: string | null
  locale: string | null
  shipping_address: Json | null
  billing_address: Json | null
  shipping_option_id: string | null
  payment_collection_ids: string[]
  lines: PurchasedLine[]
  rows: PurchasedRow[]
  plans: SubscriptionPlanDTO[]
  started_at: string
  timezone: string
}

/** How later charges are paid. */
export type PaymentSource = {
  provider_id: string | null
  /** Medusa's account holder, `acchld_…`. */
  account_holder_id: string | null
  /** The provider's id of the method (Stripe: `pm_…`). */
  payment_method_id: string | null
  /** Whether a charge without the customer can work with it. */
  is_usable: boolean
}

export const NO_PAYMENT_SOURCE: PaymentSource = {
  provider_id: null,
  account_holder_id: null,
  payment_method_id: null,
  is_usable: false,
}
