import type {
  CycleQuote,
  QuoteAdjustment,
  QuoteTaxLine,
} from "../../../types/quote"
import type {
  ChargeDiscount,
  ChargeTax,
  PricedCharge,
} from "../../../types/next-charge-http"

/**
 * A priced period as a page shows it: the amounts of the quote, without the ids
 * of stock and promotions that only the order needs.
 */
export function chargeView(quote: CycleQuote): PricedCharge {
  return {
    currency_code: quote.currency_code,
    items: quote.items.map((item) => ({
      subscription_item_id: item.subscription_item_id,
      one_off_id: item.one_off_id ?? null,
      usage: item.usage ?? null,
      product_id: item.product_id,
      variant_id: item.variant_id,
      title: item.title,
      subtitle: item.subtitle,
      thumbnail: item.thumbnail,
      quantity: item.quantity,
      unit_price: item.unit_price,
      compare_at_unit_price: item.compare_at_unit_price,
      is_tax_inclusive: item.is_tax_inclusive,
      discounts: item.adjustments.map(discount),
      taxes: item.tax_lines.map(tax),
    })),
    shipping_methods: quote.shipping_methods.map((method) => ({
      name: method.name,
      shipping_option_id: method.shipping_option_id,
      amount: method.amount,
      is_tax_inclusive: method.is_tax_inclusive,
      discounts: method.adjustments.map(discount),
      taxes: method.tax_lines.map(tax),
    })),
    ...quote.totals,
    amount: quote.amount,
  }
}

function discount({ code, amount }: QuoteAdjustment): ChargeDiscount {
  return { code, amount }
}

function tax({ code, rate, description }: QuoteTaxLine): ChargeTax {
  return { code, rate, description: description ?? null }
}
