import type { QuoteItem } from "../../types/quote"

/** A line of a quote as the order has it, with what it stands for. */
export function orderLine({
  subscription_item_id,
  one_off_id,
  usage,
  compare_at_unit_price,
  ...line
}: QuoteItem) {
  return {
    ...line,
    variant_id: line.variant_id ?? undefined,
    compare_at_unit_price: compare_at_unit_price ?? undefined,
    metadata: usage
      ? { portal_subscription_usage: usage }
      : one_off_id
        ? { portal_subscription_one_off_id: one_off_id }
        : { portal_subscription_item_id: subscription_item_id },
  }
}
