import {
  batchLinksWorkflow,
  createLocationFulfillmentSetWorkflow,
  createServiceZonesWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Market } from "./data"
import { find, first } from "./lookup"

const LOCATION = "Berlin warehouse"

export type Warehouse = {
  locationId: string
  shippingProfileId: string
  /** The service zone of each market. */
  zones: Map<Market, string>
}

/** The stock location, what it delivers to and the shipping profile. */
export async function seedWarehouse(
  container: MedusaContainer,
  salesChannelId: string,
  markets: Market[]
): Promise<Warehouse> {
  const locationId = await seedLocation(container, salesChannelId)
  const setId = await seedFulfillmentSet(container, locationId)
  return {
    locationId,
    shippingProfileId: await seedProfile(container),
    zones: await seedZones(container, setId, markets),
  }
}

async function seedLocation(
  container: MedusaContainer,
  salesChannelId: string
): Promise<string> {
  const existing = await find<{ id: string }>(
    container,
    "stock_location",
    ["id"],
    { name: LOCATION }
  )
  if (existing[0]) {
    return existing[0].id
  }
  const { result } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [
        {
          name: LOCATION,
          address: {
            address_1: "Oderberger Straße 1",
            city: "Berlin",
            postal_code: "10435",
            country_code: "DE",
          },
        },
      ],
    },
  })
  const { id } = first(result, "stock location")
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id, add: [salesChannelId] },
  })
  await batchLinksWorkflow(container).run({
    input: {
      create: [
        {
          [Modules.STOCK_LOCATION]: { stock_location_id: id },
          [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
        },
      ],
    },
  })
  const stores = await find<{ id: string }>(container, "store", ["id"])
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: first(stores, "store").id },
      update: { default_location_id: id },
    },
  })
  return id
}

async function seedFulfillmentSet(
  container: MedusaContainer,
  locationId: string
): Promise<string> {
  const sets = async (): Promise<{ id: string }[]> =>
    (
      await find<{ fulfillment_sets?: { id: string }[] }>(
        container,
        "stock_location",
        ["id", "fulfillment_sets.id"],
        { id: locationId }
      )
    ).flatMap((location) => location.fulfillment_sets ?? [])

  if (!(await sets()).length) {
    await createLocationFulfillmentSetWorkflow(container).run({
      input: {
        location_id: locationId,
        fulfillment_set_data: { name: "Parcels", type: "shipping" },
      },
    })
  }
  return first(await sets(), "fulfilment set").id
}

async function seedZones(
  container: MedusaContainer,
  setId: string,
  markets: Market[]
): Promise<Map<Market, string>> {
  const zones = (): Promise<{ id: string; name: string }[]> =>
    find(container, "service_zone", ["id", "name"])

  const existing = await zones()
  const data = markets
    .filter((market) => !existing.some((zone) => zone.name === market.name))
    .map((market) => ({
      name: market.name,
      fulfillment_set_id: setId,
      geo_zones: market.countries.map((country) => ({
        type: "country" as const,
        country_code: country.code,
      })),
    }))
  if (data.length) {
    await createServiceZonesWorkflow(container).run({ input: { data } })
  }
  const all = await zones()
  return new Map(
    markets.map((market) => [
      market,
      first(
        all.filter((zone) => zone.name === market.name),
        `service zone ${market.name}`
      ).id,
    ])
  )
}

async function seedProfile(container: MedusaContainer): Promise<string> {
  const existing = await find<{ id: string }>(
    container,
    "shipping_profile",
    ["id"],
    { type: "default" }
  )
  if (existing[0]) {
    return existing[0].id
  }
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Parcel", type: "default" }] },
  })
  return first(result, "shipping profile").id
}
