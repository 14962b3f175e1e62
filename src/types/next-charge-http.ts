import type { PaymentMethodSummary } from "./subscription-http"

/* What the routes answer of charges that come. */

/** A discount on a line of the next charge. */
export type ChargeDiscount = { code: string; amount: number }

/** A tax on a line of the next charge; the rate is in percent. */
export type ChargeTax = {
  code: string
  rate: number
  description: string | null
}

type ChargeLine = {
  is_tax_inclusive: boolean
  discounts: ChargeDiscount[]
  taxes: ChargeTax[]
}

/** A period priced as the renewal prices it. Amounts in major units. */
export type PricedCharge = {
  currency_code: string
  items: (ChargeLine & {
    /** The item of the subscription; null for what comes once. */
    subscription_item_id: string | null
    /** The line that comes once; null for an item of the subscription. */
    one_off_id: string | null
    /** What was used, where the line charges that. */
    usage: { meter: string; quantity: number } | null
    product_id: string
    /** Null for use. */
    variant_id: string | null
    title: string
    subtitle: string | null
    thumbnail: string | null
    quantity: number
    unit_price: number
    compare_at_unit_price: number | null
  })[]
  shipping_methods: (ChargeLine & {
    name: string
    shipping_option_id: string
    amount: number
  })[]
  subtotal: number
  discount_total: number
  shipping_total: number
  tax_total: number
  /** The order's exact total. */
  total: number
  /** What is charged: the total in the units that the provider counts in. */
  amount: number
}

/** Why the next charge cannot be priced now. Nothing is charged then. */
export type ChargeProblem =
  "variant_unavailable" | "price_unavailable" | "shipping_unavailable"

/** The next charge, computed by the function that charges. */
export type NextChargeView<Time = string> = {
  cycle_id: string
  /** When it is charged, or tried again after a decline. */
  date: Time
  payment_method: PaymentMethodSummary | null
} & (
  | ({
      problem: null
      sequence: number
      period_start: Time
      period_end: Time
    } & PricedCharge)
  | { problem: ChargeProblem; currency_code: string }
)

/** A coming charge: the first as quoted, later ones as if nothing changed. */
export type ScheduledCharge<Time = string> = {
  sequence: number
  date: Time
  period_start: Time
  period_end: Time
  amount: number
  currency_code: string
  is_estimate: boolean
}
