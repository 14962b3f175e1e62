import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  QueryContext,
} from "@medusajs/framework/utils"
import type { BillingSubscription } from "../../../modules/subscription/domain/billing"

/** Today's list price of a variant for one subscriber. */
export type CurrentPrice = { amount: number; is_tax_inclusive: boolean }

/** Prices by subscription and variant. */
export type CurrentPrices = (
  subscriptionId: string,
  variantId: string
) => CurrentPrice | undefined

type PricingContext = {
  currency_code: string
  region_id: string
  customer: { id?: string; groups: { id: string }[] }
}

/**
 * Today's list prices for the subscriptions whose plan charges them, or which have
 * something added once. Subscribers
 * who see the same prices (same region, currency and customer groups) are priced
 * together, so a batch takes a few statements and not a few a subscription.
 */
export async function loadCurrentPrices(
  container: MedusaContainer,
  subscriptions: BillingSubscription[]
): Promise<CurrentPrices> {
  const priced = subscriptions.filter(
    ({ plan, one_offs }) => plan.price_policy === "current" || one_offs?.length
  )
  const groups = await loadCustomerGroups(container, priced)
  const prices = new Map<string, CurrentPrice>()
  for (const { context, members } of groupByContext(priced, groups)) {
    const variantIds = [
      ...new Set(
        members.flatMap(({ items, one_offs }) =>
          [...items, ...(one_offs ?? [])].map((item) => item.variant_id)
        )
      ),
    ]
    const found = await calculate(container, variantIds, context)
    for (const { id } of members) {
      found.forEach((price, variantId) =>
        prices.set(`${id} ${variantId}`, price)
      )
    }
  }
  return (subscriptionId, variantId) =>
    prices.get(`${subscriptionId} ${variantId}`)
}

function groupByContext(
  subscriptions: BillingSubscription[],
  customerGroups: Map<string, string[]>
) {
  const byKey = new Map<
    string,
    { context: PricingContext; members: BillingSubscription[] }
  >()
  for (const subscription of subscriptions) {
    const { currency_code, region_id, customer_id } = subscription
    const ids = customerGroups.get(customer_id) ?? []
    const key = [currency_code, region_id, ...ids].join(" ")
    const known = byKey.get(key)
    if (known) {
      known.members.push(subscription)
      continue
    }
    const groups = ids.map((id) => ({ id }))
    byKey.set(key, {
      context: { currency_code, region_id, customer: { groups } },
      members: [subscription],
    })
  }
  return [...byKey.values()]
}

async function loadCustomerGroups(
  container: MedusaContainer,
  subscriptions: BillingSubscription[]
): Promise<Map<string, string[]>> {
  const ids = [...new Set(subscriptions.map((one) => one.customer_id))]
  if (!ids.length) {
    return new Map()
  }
  const customers = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: ids }, { select: ["id"], relations: ["groups"] })
  return new Map(
    customers.map(({ id, groups }) => [id, groups.map((g) => g.id).sort()])
  )
}

type PricedVariant = {
  id: string
  calculated_price?: {
    calculated_amount: number | null
    is_calculated_price_tax_inclusive?: boolean
  }
}

async function calculate(
  container: MedusaContainer,
  variantIds: string[],
  context: PricingContext
): Promise<Map<string, CurrentPrice>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "variant",
    fields: ["id", "calculated_price.*"],
    filters: { id: variantIds },
    context: { calculated_price: QueryContext(context) },
  })
  const prices = new Map<string, CurrentPrice>()
  const variants = data as unknown as PricedVariant[]
  for (const { id, calculated_price: price } of variants) {
    if (typeof price?.calculated_amount === "number") {
      prices.set(id, {
        amount: price.calculated_amount,
        is_tax_inclusive: price.is_calculated_price_tax_inclusive ?? false,
      })
    }
  }
  return prices
}
