import type { BigNumberInput } from "@medusajs/framework/types"
import { decorateCartTotals, MathBN } from "@medusajs/framework/utils"
import { chargeableAmount } from "../../../modules/subscription/domain/chargeable-amount"
import type { CycleQuote, QuoteTotals } from "../../../types/quote"

/**
 * Adds up a priced order with Medusa's own arithmetic, which is the one that the
 * order module will use for the order: the two cannot differ.
 */
export function computeTotals(
  order: Pick<CycleQuote, "currency_code" | "items" | "shipping_methods">,
  providerId: string | null
): { totals: QuoteTotals; amount: number } {
  const { currency_code } = order
  // Copies: Medusa decorates what it is given.
  const cart = decorateCartTotals({
    currency_code,
    region: { automatic_taxes: true },
    items: order.items.map((item) => ({
      ...item,
      adjustments: item.adjustments.map((one) => ({ ...one })),
      tax_lines: item.tax_lines.map((one) => ({ ...one })),
    })),
    shipping_methods: order.shipping_methods.map((method) => ({
      ...method,
      adjustments: method.adjustments.map((one) => ({ ...one })),
      tax_lines: method.tax_lines.map((one) => ({ ...one })),
    })),
  })
  const total = exact(cart.total)
  return {
    totals: {
      subtotal: Number(exact(cart.subtotal)),
      discount_total: Number(exact(cart.discount_total)),
      shipping_total: Number(exact(cart.shipping_total)),
      tax_total: Number(exact(cart.tax_total)),
      total: Number(total),
    },
    amount: chargeableAmount({ total, currency_code, provider_id: providerId }),
  }
}

/** The decimal digits of Medusa's big number, no float in between. */
function exact(value: BigNumberInput | undefined): string {
  return MathBN.convert(value ?? 0).toFixed()
}
