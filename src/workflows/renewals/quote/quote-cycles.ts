import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { prepaidPeriods } from "../../../modules/subscription/domain/prepaid"
import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import type { CycleQuote, QuoteItem } from "../../../types/quote"
import { withPendingChange } from "../../../modules/subscription/domain/change/terms"
import { addCredit } from "./add-credit"
import { addPromotions } from "./add-promotions"
import { addTaxes } from "./add-taxes"
import { computeTotals } from "./compute-totals"
import { loadCurrentPrices } from "./current-prices"
import { loadCatalogue } from "./load-catalogue"
import { planLines, type LeftOut } from "./plan-lines"
import type { StockLedger, StockPlan } from "./plan-stock"
import { offeredPercent, priceItems } from "./price-items"
import type { QuoteProblem } from "./price-items"
import { priceUsage } from "./price-usage"
import { priceShipping } from "./price-shipping"

/** One period of one subscription that is to be priced. */
export type QuoteRequest = {
  /** Whatever the caller knows the answer by. */
  key: string
  subscription: BillingSubscription
}

/** The price of a period, or why it has none. */
export type QuoteResult =
  | {
      quote: CycleQuote
      is_short_of_stock: boolean
      /** What was to come once and cannot come now. */
      left_out: LeftOut[]
    }
  | { problem: QuoteProblem }

/**
 * Prices periods: lines, discounts, tax and shipping, as of now, with the change that
 * waits for the next period and what the customer has to their credit. It is the one
 * function behind the preview that a customer sees and the charge of the renewal,
 * and it takes a whole batch, so that the cost a period falls with the batch.
 *
 * @returns one answer for each request, by its key
 *
 * @example
 * const quotes = await quoteCycles(container, [{ key: cycle.id, subscription }])
 */
export async function quoteCycles(
  container: MedusaContainer,
  requests: QuoteRequest[]
): Promise<Map<string, QuoteResult>> {
  const effective = requests.map(({ key, subscription }) => ({
    key,
    subscription: withPendingChange(subscription),
  }))
  const subscriptions = effective.map(({ subscription }) => subscription)
  const catalogue = await loadCatalogue(
    container,
    subscriptions.flatMap(({ items, one_offs }) =>
      [...items, ...(one_offs ?? [])].map((item) => item.variant_id)
    )
  )
  const prices = await loadCurrentPrices(container, subscriptions)

  const results = new Map<string, QuoteResult>()
  const ledger: StockLedger = new Map()
  const priced: {
    key: string
    subscription: BillingSubscription
    items: QuoteItem[]
    stock: StockPlan
    left_out: LeftOut[]
  }[] = []
  for (const { key, subscription } of effective) {
    const items = priceItems(subscription, catalogue, prices, id("ordli"))
    if (typeof items === "string") {
      results.set(key, { problem: items })
      continue
    }
    const used = priceUsage(subscription, items, id("ordli"))
    if (typeof used === "string") {
      results.set(key, { problem: used })
      continue
    }
    const lines = planLines(
      { subscription, items, catalogue, prices, ledger },
      { line: id("ordli"), reservation: id("resitem") }
    )
    priced.push({
      key,
      subscription,
      ...lines,
      items: [...lines.items, ...used],
    })
  }

  const shipping = await priceShipping(container, priced, id("ordsm"))
  const orders = priced.flatMap((order) => {
    const shipping_methods = shipping.get(order.key)
    if (!shipping_methods) {
      results.set(order.key, { problem: "shipping_unavailable" })
    }
    return shipping_methods ? [{ ...order, shipping_methods }] : []
  })
  await addTaxes(container, orders)
  await addPromotions(container, orders)

  for (const {
    key,
    subscription,
    items,
    shipping_methods,
    ...rest
  } of orders) {
    const { currency_code, provider_id } = subscription
    const credit_applied = addCredit(items, {
      credit: subscription.credit_balance,
      currency_code,
    })
    const order = { currency_code, items, shipping_methods }
    const { stock, left_out } = rest
    results.set(key, {
      quote: {
        ...order,
        offer_percent: offeredPercent(subscription),
        ...(credit_applied > 0 && { credit_applied }),
        ...(subscription.prepaid_cycles && {
          prepaid_periods: prepaidPeriods(subscription),
        }),
        ...computeTotals(order, provider_id),
        reservations: stock.reservations,
      },
      is_short_of_stock: stock.is_short,
      left_out,
    })
  }
  return results
}

function id(prefix: string): () => string {
  return () => generateEntityId(undefined, prefix)
}
