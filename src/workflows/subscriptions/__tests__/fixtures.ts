import type { SubscriptionPlanDTO } from "../../../types/subscription"
import type { Purchase, PurchasedLine, PurchasedRow } from "../purchase"

export function planWith(
  more: Partial<SubscriptionPlanDTO> = {}
): SubscriptionPlanDTO {
  return {
    id: "plan_1",
    interval: "month",
    interval_count: 1,
    trial_requires_payment_method: true,
    min_cycles: null,
    max_cycles: null,
    anchor_type: "purchase",
    anchor_day: null,
    ...more,
  } as SubscriptionPlanDTO
}

export function rowWith(more: Partial<PurchasedRow> = {}): PurchasedRow {
  return {
    id: "pcit_1",
    line_item_id: "cali_1",
    plan_id: "plan_1",
    product_id: "prod_1",
    variant_id: "variant_1",
    is_tax_inclusive: true,
    list_unit_price: 10,
    first_unit_price: 10,
    recurring_unit_price: 9,
    trial_days: 0,
    prepaid_cycles: null,
    ...more,
  }
}

export function lineWith(more: Partial<PurchasedLine> = {}): PurchasedLine {
  return {
    id: "ordli_1",
    variant_id: "variant_1",
    title: "Coffee",
    quantity: 1,
    unit_price: 10,
    total: 10,
    tax_rate: 19,
    metadata: { portal_cart_item_id: "pcit_1" },
    ...more,
  }
}

export function purchaseWith(more: Partial<Purchase> = {}): Purchase {
  return {
    order_id: "order_1",
    cart_id: "cart_1",
    customer_id: "cus_1",
    email: "clara@shop.test",
    currency_code: "eur",
    region_id: "reg_1",
    sales_channel_id: null,
    locale: null,
    shipping_address: null,
    billing_address: null,
    shipping_option_id: null,
    payment_collection_ids: [],
    lines: [lineWith()],
    rows: [rowWith()],
    plans: [planWith()],
    started_at: "2031-01-31T10:00:00.000Z",
    timezone: "UTC",
    ...more,
  }
}
