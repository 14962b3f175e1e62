import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  QueryContext,
} from "@medusajs/framework/utils"
import { isPrepaid } from "../../../modules/subscription/domain/prepaid"
import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import type { QuoteItem, QuoteShippingMethod } from "../../../types/quote"

/** A shipping option with its price, as the query returns it. */
type PricedOption = {
  id: string
  name: string
  data: Record<string, unknown> | null
  calculated_price?: {
    calculated_amount: number | null
    is_calculated_price_tax_inclusive?: boolean
  }
}

/** A subscription's order so far. */
export type ShippedOrder = {
  key: string
  subscription: BillingSubscription
  items: QuoteItem[]
}

/**
 * Shipping at today's price of the option that the customer chose. Orders whose
 * price depends on the same things are asked for together. Orders in which nothing
 * is shipped have none.
 *
 * @returns by the order's key; an order that needs shipping and is missing cannot
 * be shipped any more
 */
export async function priceShipping(
  container: MedusaContainer,
  orders: ShippedOrder[],
  methodId: () => string
): Promise<Map<string, QuoteShippingMethod[]>> {
  const priced = new Map<string, QuoteShippingMethod[]>()
  const groups = new Map<string, ShippedOrder[]>()
  for (const order of orders) {
    const { shipping_option_id: option } = order.subscription
    if (!order.items.some((item) => item.requires_shipping)) {
      priced.set(order.key, [])
    } else if (option) {
      const key = JSON.stringify([option, contextOf(order)])
      groups.set(key, [...(groups.get(key) ?? []), order])
    }
  }
  for (const members of groups.values()) {
    const option = members[0] && (await priceOption(container, members[0]))
    const amount = option?.calculated_price?.calculated_amount
    if (!option || typeof amount !== "number") {
      continue
    }
    for (const { key, subscription } of members) {
      priced.set(key, [
        {
          id: methodId(),
          name: option.name,
          shipping_option_id: option.id,
          // What was prepaid comes without another charge.
          amount: isPrepaid(subscription) ? 0 : amount,
          is_tax_inclusive:
            option.calculated_price?.is_calculated_price_tax_inclusive ?? false,
          data: option.data,
          tax_lines: [],
          adjustments: [],
        },
      ])
    }
  }
  return priced
}

/** What the price of a shipping option may depend on, as in core's carts. */
function contextOf({ subscription, items }: ShippedOrder) {
  return {
    currency_code: subscription.currency_code,
    region_id: subscription.region_id,
    item_total: items.reduce(
      (sum, item) => sum + item.unit_price * item.quantity,
      0
    ),
  }
}

async function priceOption(
  container: MedusaContainer,
  order: ShippedOrder
): Promise<PricedOption | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "shipping_option",
    fields: ["id", "name", "data", "calculated_price.*"],
    filters: { id: order.subscription.shipping_option_id },
    context: { calculated_price: QueryContext(contextOf(order)) },
  })
  return (data as unknown as PricedOption[])[0]
}
