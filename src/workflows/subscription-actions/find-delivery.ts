import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  QueryContext,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"

/** Where the goods go. Countries are two lower-case letters. */
export type DeliveryAddress = {
  first_name?: string | null
  last_name?: string | null
  company?: string | null
  phone?: string | null
  address_1: string
  address_2?: string | null
  city: string
  province?: string | null
  postal_code?: string | null
  country_code: string
}

/**
 * How a subscription is shipped to an address: as it was where that is possible,
 * else in the cheapest way that reaches it, as a cart there would offer it.
 *
 * @returns the shipping option; null where nothing is shipped
 * @throws `address_not_deliverable` where the subscription's region does not have
 * the country, or nothing reaches the address
 */
export async function findDelivery(
  container: MedusaContainer,
  subscription: BillingSubscription,
  address: DeliveryAddress
): Promise<string | null> {
  await requireCountry(container, subscription, address)
  const { shipping_option_id: current } = subscription
  if (!current) {
    return null
  }
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const options = await optionsFor(container, subscription, address)
  if (options.some(({ id }) => id === current)) {
    return current
  }
  const [before] = await fulfillment.listShippingOptions(
    { id: current },
    { select: ["id", "shipping_profile_id"], take: 1 }
  )
  const others = options.filter(
    (option) =>
      !before || option.shipping_profile_id === before.shipping_profile_id
  )
  const cheapest = await cheapestOf(
    container,
    subscription,
    others.map(({ id }) => id)
  )
  if (!cheapest) {
    throw portalError("address_not_deliverable")
  }
  return cheapest
}

/**
 * The cheapest way of shipping that reaches an address, for goods of some shipping
 * profiles; null where nothing is shipped.
 *
 * @throws `address_not_deliverable`
 */
export async function findCheapestDelivery(
  container: MedusaContainer,
  subscription: BillingSubscription,
  address: DeliveryAddress,
  profileIds: readonly string[]
): Promise<string | null> {
  await requireCountry(container, subscription, address)
  if (!profileIds.length) {
    return null
  }
  const options = await optionsFor(container, subscription, address)
  const cheapest = await cheapestOf(
    container,
    subscription,
    options
      .filter((option) => profileIds.includes(option.shipping_profile_id))
      .map(({ id }) => id)
  )
  if (!cheapest) {
    throw portalError("address_not_deliverable")
  }
  return cheapest
}

/** What a cart there would offer. */
async function optionsFor(
  container: MedusaContainer,
  subscription: BillingSubscription,
  address: DeliveryAddress
) {
  return await container
    .resolve(Modules.FULFILLMENT)
    .listShippingOptionsForContext(
      {
        fulfillment_set_id: await fulfillmentSets(container, subscription),
        address: {
          country_code: address.country_code,
          province_code: address.province ?? undefined,
          city: address.city,
          postal_expression: address.postal_code ?? undefined,
        },
        context: { is_return: "false", enabled_in_store: "true" },
      },
      { select: ["id", "shipping_profile_id"] }
    )
}

/** The region fixes currency and taxes: another one is another agreement. */
async function requireCountry(
  container: MedusaContainer,
  { region_id }: BillingSubscription,
  { country_code }: DeliveryAddress
): Promise<void> {
  const [region] = await container
    .resolve(Modules.REGION)
    .listRegions({ id: region_id }, { relations: ["countries"], take: 1 })
  const codes = region?.countries.map(({ iso_2 }) => iso_2) ?? []
  if (!codes.includes(country_code)) {
    throw portalError("address_not_deliverable", {
      details: { countries: codes },
    })
  }
}

/** Ways of shipping of the places that serve the subscription's channel. */
async function fulfillmentSets(
  container: MedusaContainer,
  { sales_channel_id }: BillingSubscription
): Promise<string[] | undefined> {
  if (!sales_channel_id) {
    return undefined
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "sales_channel",
      fields: ["stock_locations.fulfillment_sets.id"],
      filters: { id: sales_channel_id },
    })
  const channels = data as unknown as {
    stock_locations?: ({ fulfillment_sets?: { id: string }[] } | null)[]
  }[]
  return channels.flatMap(({ stock_locations = [] }) =>
    stock_locations.flatMap(
      (location) => location?.fulfillment_sets?.map(({ id }) => id) ?? []
    )
  )
}

async function cheapestOf(
  container: MedusaContainer,
  { currency_code, region_id }: BillingSubscription,
  ids: string[]
): Promise<string | null> {
  if (!ids.length) {
    return null
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "shipping_option",
      fields: ["id", "calculated_price.*"],
      filters: { id: ids },
      context: { calculated_price: QueryContext({ currency_code, region_id }) },
    })
  const priced = (
    data as unknown as {
      id: string
      calculated_price?: { calculated_amount: number | null }
    }[]
  ).flatMap(({ id, calculated_price }) => {
    const amount = calculated_price?.calculated_amount
    return typeof amount === "number" ? [{ id, amount }] : []
  })
  priced.sort((a, b) => a.amount - b.amount || (a.id < b.id ? -1 : 1))
  return priced[0]?.id ?? null
}
