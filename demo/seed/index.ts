import type { MedusaContainer } from "@medusajs/framework/types"

import { ADMIN, seedAdmin, seedPublishableKey } from "./access"
import {
  EUROPE,
  PRODUCTS,
  UNITED_STATES,
  type Market,
  type ProductData,
} from "./data"
import { find, first } from "./lookup"
import { seedMarkets } from "./markets"
import { seedPaymentProviders } from "./payment-providers"
import { seedProducts, type SeededVariant } from "./products"
import { seedShipping, type MarketShipping } from "./shipping"
import { seedWarehouse } from "./warehouse"

export * from "./data"

export type SeededRegion = {
  id: string
  name: string
  currency: string
  taxInclusive: boolean
  countries: string[]
  shipping: MarketShipping
}

/** What a test or the demo needs to know of the seeded store. Plain JSON. */
export type StoreSeed = {
  publishableKey: string
  salesChannelId: string
  locationId: string
  shippingProfileId: string
  admin: { email: string; password: string }
  /** By currency code. */
  regions: Record<string, SeededRegion>
  /** By SKU. */
  variants: Record<string, SeededVariant>
}

/**
 * Fills a migrated store through Medusa's own workflows: regions, taxes, stock,
 * shipping, products, a publishable key and an admin user. What is there already
 * is left as it is, so it can run at every start.
 */
export async function seedStore(
  container: MedusaContainer,
  input: { markets?: Market[]; products?: ProductData[] } = {}
): Promise<StoreSeed> {
  const markets = input.markets ?? [EUROPE, UNITED_STATES]
  const products = input.products ?? PRODUCTS

  const channels = await find<{ id: string }>(container, "sales_channel", [
    "id",
  ])
  const salesChannelId = first(channels, "sales channel").id
  const regions = await seedMarkets(container, markets)
  await seedPaymentProviders(container, [...regions.values()])
  const warehouse = await seedWarehouse(container, salesChannelId, markets)
  const shipping = await seedShipping(container, warehouse, markets)
  const variants = await seedProducts(container, products, {
    salesChannelId,
    locationId: warehouse.locationId,
    shippingProfileId: warehouse.shippingProfileId,
    currencies: markets.map((market) => market.currency),
  })
  const publishableKey = await seedPublishableKey(container, salesChannelId)
  await seedAdmin(container)

  return {
    publishableKey,
    salesChannelId,
    locationId: warehouse.locationId,
    shippingProfileId: warehouse.shippingProfileId,
    admin: ADMIN,
    regions: Object.fromEntries(
      markets.map((market) => [
        market.currency,
        describe(market, regions, shipping),
      ])
    ),
    variants,
  }
}

function describe(
  market: Market,
  regions: Map<Market, string>,
  shipping: Map<Market, MarketShipping>
): SeededRegion {
  const id = regions.get(market)
  const options = shipping.get(market)
  if (!id || !options) {
    throw new Error(`The seed lost the market ${market.name}`)
  }
  return {
    id,
    name: market.name,
    currency: market.currency,
    taxInclusive: market.taxInclusive,
    countries: market.countries.map((country) => country.code),
    shipping: options,
  }
}
