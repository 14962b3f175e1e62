import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import type { ProrationEntry } from "../../modules/subscription/domain/proration"
import type { CycleQuote, QuoteItem } from "../../types/quote"
import { addCredit, UNUSED_TIME_CODE } from "../renewals/quote/add-credit"
import { addTaxes } from "../renewals/quote/add-taxes"
import { computeTotals } from "../renewals/quote/compute-totals"
import { loadCatalogue } from "../renewals/quote/load-catalogue"
import { describe } from "../renewals/quote/price-items"

/**
 * The order of a difference within a period: a line for each prorated charge, the
 * credit for the unused time as adjustments on them, tax on what is left. Nothing is
 * delivered by it, so it has no shipping and reserves no stock.
 *
 * @param subscription - under the new terms
 */
export async function quoteDifference(
  container: MedusaContainer,
  subscription: BillingSubscription,
  { charges, credit }: { charges: ProrationEntry[]; credit: number }
): Promise<CycleQuote> {
  const { currency_code } = subscription
  const catalogue = await loadCatalogue(
    container,
    subscription.items.map(({ variant_id }) => variant_id)
  )
  const items = charges.map(({ key, amount }): QuoteItem => {
    const item = subscription.items.find(({ id }) => id === key)
    const variant = item && catalogue.get(item.variant_id)
    if (!variant) {
      throw portalError("plan_not_offered")
    }
    const line = describe(item, variant)
    return {
      ...line,
      id: generateEntityId(undefined, "ordli"),
      // One of a part of a price: its share of a unit would not be a whole amount.
      quantity: 1,
      title:
        item.quantity > 1 ? `${line.title} × ${item.quantity}` : line.title,
      unit_price: amount,
      compare_at_unit_price: null,
      is_tax_inclusive: item.is_tax_inclusive,
      is_discountable: false,
      requires_shipping: false,
    }
  })
  await addTaxes(container, [{ subscription, items, shipping_methods: [] }])
  addCredit(items, { credit, currency_code, code: UNUSED_TIME_CODE })
  const credit_applied = addCredit(items, {
    credit: subscription.credit_balance,
    currency_code,
  })
  const order = { currency_code, items, shipping_methods: [] }
  return {
    ...order,
    ...(credit_applied > 0 && { credit_applied }),
    ...computeTotals(order, subscription.provider_id),
    reservations: [],
  }
}
