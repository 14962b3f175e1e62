import { createShippingOptionsWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"

import type { Market } from "./data"
import { find, first } from "./lookup"
import type { Warehouse } from "./warehouse"

type Option = {
  id: string
  service_zone_id: string
  type: { code: string } | null
}

export type MarketShipping = {
  standard: string
  express: string
  /** For parcels that come back. */
  return: string
}

/** Standard, express and return shipping in every market. */
export async function seedShipping(
  container: MedusaContainer,
  warehouse: Warehouse,
  markets: Market[]
): Promise<Map<Market, MarketShipping>> {
  const options = (): Promise<Option[]> =>
    find(container, "shipping_option", ["id", "service_zone_id", "type.code"])
  const existing = await options()

  const input = markets.flatMap((market) => {
    const zone = zoneOf(warehouse, market)
    return wanted(market, zone, warehouse.shippingProfileId).filter(
      (option) => !match(existing, zone, option.type.code)
    )
  })
  if (input.length) {
    await createShippingOptionsWorkflow(container).run({ input })
  }

  const all = await options()
  return new Map(
    markets.map((market) => {
      const zone = zoneOf(warehouse, market)
      const id = (code: string): string => must(match(all, zone, code)).id
      return [
        market,
        {
          standard: id("standard"),
          express: id("express"),
          return: id("return"),
        },
      ]
    })
  )
}

function must(option: Option | undefined): Option {
  return first(option ? [option] : [], "shipping option")
}

function wanted(market: Market, zone: string, profile: string) {
  const option = (code: string, name: string, amount: number) => ({
    name,
    service_zone_id: zone,
    shipping_profile_id: profile,
    provider_id: "manual_manual",
    price_type: "flat" as const,
    type: { code, label: name, description: name },
    prices: [{ currency_code: market.currency, amount }],
    rules: [
      { attribute: "enabled_in_store", operator: "eq" as const, value: "true" },
      {
        attribute: "is_return",
        operator: "eq" as const,
        value: String(code === "return"),
      },
    ],
  })
  return [
    option("standard", "Standard shipping", market.shipping.standard),
    option("express", "Express shipping", market.shipping.express),
    option("return", "Return parcel", 0),
  ]
}

function match(
  options: Option[],
  zone: string,
  code: string
): Option | undefined {
  return options.find(
    (option) => option.service_zone_id === zone && option.type?.code === code
  )
}

function zoneOf(warehouse: Warehouse, market: Market): string {
  const zone = warehouse.zones.get(market)
  if (!zone) {
    throw new Error(`No service zone for ${market.name}`)
  }
  return zone
}
