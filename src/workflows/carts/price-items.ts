import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import {
  planPrices,
  type PlanPrices,
} from "../../modules/subscription/domain/plan-pricing"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import type { SubscriptionCart } from "./load-cart"

export type ItemToPrice = {
  variant_id: string
  quantity: number
  plan: SubscriptionPlanDTO
}

/** What a line costs under its plan in the cart, now and later. */
export type ItemPrices = PlanPrices & { is_tax_inclusive: boolean }

/** Prices, or why there are none. */
export type PricedItem =
  { ok: true; prices: ItemPrices } | { ok: false; error: unknown }

type ListPrice = { amount: number; is_tax_inclusive: boolean }

/**
 * Prices lines under their plans. The list price is Medusa's calculated price of
 * the variant, in the same context that core prices a cart's lines in: region,
 * currency, customer and groups, price lists and, by the quantity, volume prices.
 * One query, and one call of the pricing module for each distinct quantity.
 *
 * @returns one for each item, in their order
 */
export async function priceItems(
  container: MedusaContainer,
  cart: SubscriptionCart,
  items: readonly ItemToPrice[]
): Promise<PricedItem[]> {
  if (!items.length) {
    return []
  }
  const priceSets = await priceSetsOf(container, items)
  const listPrices = await calculate(container, cart, items, priceSets)
  return items.map((item) => {
    const list = listPrices.get(keyOf(item))
    try {
      return { ok: true, prices: pricesUnder(item.plan, cart, list) }
    } catch (error) {
      return { ok: false, error }
    }
  })
}

/**
 * {@link priceItems} of one item.
 *
 * @throws `currency_mismatch`: the variant or the plan has no price in the
 *   cart's currency
 */
export async function priceItem(
  container: MedusaContainer,
  cart: SubscriptionCart,
  item: ItemToPrice
): Promise<ItemPrices> {
  const [priced] = await priceItems(container, cart, [item])
  if (!priced?.ok) {
    throw priced ? priced.error : portalError("currency_mismatch")
  }
  return priced.prices
}

function pricesUnder(
  plan: SubscriptionPlanDTO,
  cart: SubscriptionCart,
  list: ListPrice | undefined
): ItemPrices {
  if (!list) {
    throw portalError("currency_mismatch", {
      message: `There is no price in "${cart.currency_code}".`,
      details: { currency_code: cart.currency_code },
    })
  }
  const prices = planPrices({
    plan,
    list_unit_price: list.amount,
    currency_code: cart.currency_code,
  })
  return { ...prices, is_tax_inclusive: list.is_tax_inclusive }
}

type VariantPriceSet = { id: string; price_set?: { id: string } | null }

/** Ids of the variants' price sets, by variant. */
async function priceSetsOf(
  container: MedusaContainer,
  items: readonly ItemToPrice[]
): Promise<Map<string, string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "variant",
    fields: ["id", "price_set.id"],
    filters: { id: [...new Set(items.map((item) => item.variant_id))] },
  })
  return new Map(
    (data as VariantPriceSet[]).flatMap(({ id, price_set }) =>
      price_set ? [[id, price_set.id] as const] : []
    )
  )
}

async function calculate(
  container: MedusaContainer,
  cart: SubscriptionCart,
  items: readonly ItemToPrice[],
  priceSets: Map<string, string>
): Promise<Map<string, ListPrice>> {
  const pricing = container.resolve(Modules.PRICING)
  const listPrices = new Map<string, ListPrice>()
  for (const quantity of new Set(items.map((item) => item.quantity))) {
    const same = items.filter((item) => item.quantity === quantity)
    const ids = same.flatMap(
      ({ variant_id }) => priceSets.get(variant_id) ?? []
    )
    if (!ids.length) {
      continue
    }
    const calculated = await pricing.calculatePrices(
      { id: [...new Set(ids)] },
      { context: { ...cart.context, quantity } }
    )
    for (const item of same) {
      const price = calculated.find(
        ({ id }) => id === priceSets.get(item.variant_id)
      )
      const amount = price?.calculated_amount ?? null
      if (price && amount !== null) {
        listPrices.set(keyOf(item), {
          amount: Number(amount),
          is_tax_inclusive: Boolean(price.is_calculated_price_tax_inclusive),
        })
      }
    }
  }
  return listPrices
}

function keyOf(item: ItemToPrice): string {
  return `${item.variant_id}:${item.quantity}`
}
