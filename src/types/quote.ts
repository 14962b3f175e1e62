/** A tax line as Medusa's order module takes it. */
export type QuoteTaxLine = {
  code: string
  rate: number
  description?: string
  tax_rate_id?: string
  provider_id?: string
}

/** A discount that a promotion gives on a line. */
export type QuoteAdjustment = {
  amount: number
  code: string
  promotion_id?: string
  is_tax_inclusive?: boolean
}

/** A line of a renewal's order, priced. Amounts in major units. */
export type QuoteItem = {
  /** The order line's id, fixed before the order is made. */
  id: string
  /** Null for what comes once. */
  subscription_item_id: string | null
  /** A line that comes once; such a quote takes it. */
  one_off_id?: string
  /** Use of a meter: the quantity is in it, and the line's own is 1. */
  usage?: { meter: string; quantity: number }
  product_id: string
  /** Null for use. */
  variant_id: string | null
  quantity: number
  title: string
  subtitle: string | null
  thumbnail: string | null
  product_title: string | null
  product_description: string | null
  product_subtitle: string | null
  product_type: string | null
  product_type_id: string | null
  product_collection: string | null
  product_handle: string | null
  variant_sku: string | null
  variant_barcode: string | null
  variant_title: string | null
  is_discountable: boolean
  is_giftcard: boolean
  requires_shipping: boolean
  unit_price: number
  /** The list price, where the plan's discount makes it another. */
  compare_at_unit_price: number | null
  is_tax_inclusive: boolean
  tax_lines: QuoteTaxLine[]
  adjustments: QuoteAdjustment[]
}

/** The shipping of a renewal's order, priced. */
export type QuoteShippingMethod = {
  id: string
  name: string
  shipping_option_id: string
  amount: number
  is_tax_inclusive: boolean
  data: Record<string, unknown> | null
  tax_lines: QuoteTaxLine[]
  adjustments: QuoteAdjustment[]
}

/** Stock that a renewal's order will reserve. */
export type QuoteReservation = {
  /** Fixed beforehand, so that reserving twice is one reservation. */
  id: string
  line_item_id: string
  inventory_item_id: string
  location_id: string
  quantity: number
}

/** Totals in major units, as Medusa computes them. */
export type QuoteTotals = {
  subtotal: number
  discount_total: number
  shipping_total: number
  tax_total: number
  /** The exact total, as the order shows it. */
  total: number
}

/**
 * The order of one period, priced: what the preview shows, what is charged, and
 * what the order is made of. One structure for all three, so that they agree.
 */
export type CycleQuote = {
  currency_code: string
  items: QuoteItem[]
  shipping_methods: QuoteShippingMethod[]
  reservations: QuoteReservation[]
  /** The share off the items that an accepted offer gave; null: none. */
  offer_percent?: number | null
  /** What the customer's credit balance pays of the items; left out: nothing. */
  credit_applied?: number
  /** Periods that a prepaid subscription pays with it; 0: it was paid before. */
  prepaid_periods?: number
  totals: QuoteTotals
  /** What the provider charges: the total in the units in which it counts. */
  amount: number
}
