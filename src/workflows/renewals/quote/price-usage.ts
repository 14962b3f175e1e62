import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import { meterAmount } from "../../../modules/subscription/domain/meter-price"
import { CodedError } from "../../../shared/coded-error"
import type { QuoteItem } from "../../../types/quote"

/**
 * The lines of what was used, one a meter. They are taxed as the subscription's
 * first item is, whose use they are, and no promotion takes anything off. Use that
 * costs nothing, or whose meter the plan has given up, has no line.
 *
 * @returns `price_unavailable` where a meter has no price in the currency
 */
export function priceUsage(
  { plan, usage, currency_code }: BillingSubscription,
  [first]: QuoteItem[],
  lineId: () => string
): QuoteItem[] | "price_unavailable" {
  const lines: QuoteItem[] = []
  for (const { meter: key, quantity } of usage ?? []) {
    const meter = plan.meters?.find((one) => one.key === key)
    if (!meter || !first) {
      continue
    }
    const amount = exactAmount(() =>
      meterAmount(meter, quantity, currency_code)
    )
    if (amount === null) {
      return "price_unavailable"
    }
    if (amount > 0) {
      lines.push({
        id: lineId(),
        ...plainLine(first),
        usage: { meter: key, quantity },
        title: meter.name,
        subtitle: [String(quantity), meter.unit].filter(Boolean).join(" "),
        unit_price: amount,
      })
    }
  }
  return lines
}

/** More money than there is: nothing is charged, and staff see why. */
function exactAmount(compute: () => number | null): number | null {
  try {
    return compute()
  } catch (error) {
    if (error instanceof CodedError) {
      return null
    }
    throw error
  }
}

/** A line of the same product that sells nothing of it. */
function plainLine(
  line: QuoteItem
): Omit<QuoteItem, "id" | "title" | "subtitle" | "unit_price" | "usage"> {
  return {
    subscription_item_id: null,
    product_id: line.product_id,
    variant_id: null,
    quantity: 1,
    thumbnail: null,
    product_title: line.product_title,
    product_description: line.product_description,
    product_subtitle: line.product_subtitle,
    product_type: line.product_type,
    product_type_id: line.product_type_id,
    product_collection: line.product_collection,
    product_handle: line.product_handle,
    variant_sku: null,
    variant_barcode: null,
    variant_title: null,
    is_discountable: false,
    is_giftcard: false,
    requires_shipping: false,
    compare_at_unit_price: null,
    is_tax_inclusive: line.is_tax_inclusive,
    tax_lines: [],
    adjustments: [],
  }
}
