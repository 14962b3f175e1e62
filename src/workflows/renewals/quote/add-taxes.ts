import type {
  ITaxModuleService,
  MedusaContainer,
  TaxCalculationContext,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import type {
  QuoteItem,
  QuoteShippingMethod,
  QuoteTaxLine,
} from "../../../types/quote"

/** A subscription's order so far. */
export type TaxedOrder = {
  subscription: BillingSubscription
  items: QuoteItem[]
  shipping_methods: QuoteShippingMethod[]
}

/** The provider that computes from Medusa's own rates and nothing else. */
const SYSTEM_TAX_PROVIDER = "tp_system"

/**
 * Puts tax lines on items and shipping methods, as a cart would get them.
 *
 * Medusa's own tax provider looks at rates only, which depend on country and
 * province: all orders of one place are taxed with one call. Any other provider
 * may look at the customer and the street as well and is called for each order.
 */
export async function addTaxes(
  container: MedusaContainer,
  orders: TaxedOrder[]
): Promise<void> {
  const automatic = await regionsWithAutomaticTaxes(container, orders)
  const taxed = orders.filter(
    ({ subscription }) =>
      automatic.has(subscription.region_id) && countryOf(subscription)
  )
  const taxes = container.resolve(Modules.TAX)
  const custom = await countriesWithOwnProvider(taxes, taxed)
  const groups = new Map<string, TaxedOrder[]>()
  for (const order of taxed) {
    const { subscription } = order
    const country = countryOf(subscription)
    const key = custom.has(country)
      ? subscription.id
      : `${country} ${text(subscription, "province") ?? ""}`
    groups.set(key, [...(groups.get(key) ?? []), order])
  }
  for (const members of groups.values()) {
    await taxGroup(taxes, members)
  }
}

async function taxGroup(
  taxes: ITaxModuleService,
  orders: TaxedOrder[]
): Promise<void> {
  const [first] = orders
  if (!first) {
    return
  }
  const lines = await taxes.getTaxLines(
    orders.flatMap(({ subscription, items, shipping_methods }) => [
      ...items
        .filter((item) => !item.is_giftcard)
        .map((item) => ({
          id: item.id,
          product_id: item.product_id,
          product_type_id: item.product_type_id ?? undefined,
          quantity: item.quantity,
          unit_price: item.unit_price,
          currency_code: subscription.currency_code,
        })),
      ...shipping_methods.map((method) => ({
        id: method.id,
        shipping_option_id: method.shipping_option_id,
        unit_price: method.amount,
        currency_code: subscription.currency_code,
      })),
    ]),
    contextOf(first)
  )
  const byLine = new Map<string, QuoteTaxLine[]>()
  for (const line of lines) {
    const id =
      "line_item_id" in line ? line.line_item_id : line.shipping_line_id
    byLine.set(id, [...(byLine.get(id) ?? []), taxLine(line)])
  }
  for (const { items, shipping_methods } of orders) {
    for (const line of [...items, ...shipping_methods]) {
      line.tax_lines = byLine.get(line.id) ?? []
    }
  }
}

function taxLine(
  line: Awaited<ReturnType<ITaxModuleService["getTaxLines"]>>[number]
): QuoteTaxLine {
  return {
    code: line.code ?? "",
    rate: Number(line.rate ?? 0),
    description: line.name,
    tax_rate_id: line.rate_id,
    provider_id: line.provider_id,
  }
}

function contextOf({
  subscription,
  shipping_methods,
}: TaxedOrder): TaxCalculationContext {
  return {
    address: {
      country_code: countryOf(subscription),
      province_code: text(subscription, "province"),
      address_1: text(subscription, "address_1"),
      address_2: text(subscription, "address_2"),
      city: text(subscription, "city"),
      postal_code: text(subscription, "postal_code"),
    },
    customer: {
      id: subscription.customer_id,
      email: subscription.email,
      customer_groups: [],
    },
    shipping_methods: shipping_methods.map(
      ({ id, name, shipping_option_id, amount }) => ({
        id,
        name,
        shipping_option_id,
        amount,
      })
    ),
    is_return: false,
  }
}

async function regionsWithAutomaticTaxes(
  container: MedusaContainer,
  orders: TaxedOrder[]
): Promise<Set<string>> {
  const ids = [...new Set(orders.map((one) => one.subscription.region_id))]
  if (!ids.length) {
    return new Set()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["id", "automatic_taxes"],
    filters: { id: ids },
  })
  const regions = data as { id: string; automatic_taxes: boolean }[]
  return new Set(
    regions.filter((region) => region.automatic_taxes).map(({ id }) => id)
  )
}

async function countriesWithOwnProvider(
  taxes: ITaxModuleService,
  orders: TaxedOrder[]
): Promise<Set<string>> {
  const countries = [
    ...new Set(orders.map(({ subscription }) => countryOf(subscription))),
  ]
  if (!countries.length) {
    return new Set()
  }
  const regions = await taxes.listTaxRegions(
    { country_code: countries },
    { select: ["country_code", "provider_id"] }
  )
  return new Set(
    regions
      .filter(
        ({ provider_id }) => provider_id && provider_id !== SYSTEM_TAX_PROVIDER
      )
      .map((region) => region.country_code)
  )
}

function countryOf(subscription: BillingSubscription): string {
  return (text(subscription, "country_code") ?? "").toLowerCase()
}

function text(
  { shipping_address }: BillingSubscription,
  field: string
): string | undefined {
  const value = shipping_address?.[field]
  return typeof value === "string" && value ? value : undefined
}
