import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import type { QuoteItem } from "../../../types/quote"
import type { CurrentPrices } from "./current-prices"
import type { CatalogueVariant } from "./load-catalogue"
import { planStock, type StockLedger, type StockPlan } from "./plan-stock"
import { describe } from "./price-items"

/** A line that was to come once, and why it does not come now. */
export type LeftOut = {
  one_off_id: string
  reason:
    | "variant_unavailable"
    | "price_unavailable"
    | "shipping_unavailable"
    | "insufficient_stock"
}

type Input = {
  subscription: BillingSubscription
  /** The lines of the subscription's items. */
  items: QuoteItem[]
  catalogue: Map<string, CatalogueVariant>
  prices: CurrentPrices
  ledger: StockLedger
}

/**
 * The lines of a period with what comes once, and where the goods come from. What
 * comes once is a list-price line of the day. It never stands in the way of a
 * renewal: what cannot be sold now is left out, and waits for the next one.
 */
export function planLines(
  input: Input,
  ids: { line: () => string; reservation: () => string }
): { items: QuoteItem[]; stock: StockPlan; left_out: LeftOut[] } {
  const { subscription, catalogue, ledger } = input
  const stockOf = (lines: QuoteItem[]) =>
    planStock(subscription, lines, catalogue, ledger, ids.reservation)
  const stock = stockOf(input.items)
  const items = [...input.items]
  const left_out: LeftOut[] = []
  for (const { id, ...one } of subscription.one_offs ?? []) {
    const line = priceOnce(input, { id, ...one }, ids.line)
    const goods = typeof line === "string" ? null : stockOf([line])
    if (typeof line === "string") {
      left_out.push({ one_off_id: id, reason: line })
    } else if (goods?.is_short) {
      left_out.push({ one_off_id: id, reason: "insufficient_stock" })
    } else {
      items.push(line)
      stock.reservations.push(...(goods?.reservations ?? []))
    }
  }
  return { items, stock, left_out }
}

function priceOnce(
  { subscription, items, catalogue, prices }: Input,
  one: { id: string; variant_id: string; quantity: number },
  lineId: () => string
): QuoteItem | Exclude<LeftOut["reason"], "insufficient_stock"> {
  const variant = catalogue.get(one.variant_id)
  if (variant?.product.status !== "published") {
    return "variant_unavailable"
  }
  const price = prices(subscription.id, one.variant_id)
  if (!price) {
    return "price_unavailable"
  }
  const line = describe({ id: null, quantity: one.quantity }, variant)
  const isShipped = items.some((item) => item.requires_shipping)
  if (
    line.requires_shipping &&
    !isShipped &&
    !subscription.shipping_option_id
  ) {
    return "shipping_unavailable"
  }
  return {
    id: lineId(),
    ...line,
    one_off_id: one.id,
    unit_price: price.amount,
    compare_at_unit_price: null,
    is_tax_inclusive: price.is_tax_inclusive,
  }
}
