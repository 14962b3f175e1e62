import {
  createRegionsWorkflow,
  createTaxRegionsWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"

import type { Market } from "./data"
import { find, first } from "./lookup"

type Region = { id: string; name: string }

/** Currencies of the store, its regions and their tax rates. */
export async function seedMarkets(
  container: MedusaContainer,
  markets: Market[]
): Promise<Map<Market, string>> {
  await seedCurrencies(container, markets)
  await seedTaxes(container, markets)

  const existing = await find<Region>(container, "region", ["id", "name"])
  const missing = markets.filter(
    (market) => !existing.some((region) => region.name === market.name)
  )
  if (missing.length) {
    await createRegionsWorkflow(container).run({
      input: {
        regions: missing.map((market) => ({
          name: market.name,
          currency_code: market.currency,
          countries: market.countries.map((country) => country.code),
          is_tax_inclusive: market.taxInclusive,
          automatic_taxes: true,
        })),
      },
    })
  }
  const regions = await find<Region>(container, "region", ["id", "name"])
  return new Map(
    markets.map((market) => [
      market,
      first(
        regions.filter((region) => region.name === market.name),
        `region ${market.name}`
      ).id,
    ])
  )
}

async function seedCurrencies(
  container: MedusaContainer,
  markets: Market[]
): Promise<void> {
  const store = first(
    await find<{ id: string }>(container, "store", ["id"]),
    "store"
  )
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: {
        name: "Kaffeehaus",
        supported_currencies: markets.map((market, index) => ({
          currency_code: market.currency,
          is_default: index === 0,
          is_tax_inclusive: market.taxInclusive,
        })),
      },
    },
  })
}

async function seedTaxes(
  container: MedusaContainer,
  markets: Market[]
): Promise<void> {
  const existing = await find<{ country_code: string }>(
    container,
    "tax_region",
    ["country_code"]
  )
  const known = new Set(existing.map((region) => region.country_code))
  const input = markets
    .flatMap((market) => market.countries)
    .filter((country) => !known.has(country.code))
    .map((country) => ({
      country_code: country.code,
      provider_id: "tp_system",
      default_tax_rate: {
        rate: country.tax,
        code: `${country.code}-standard`,
        name: country.taxName,
      },
    }))
  if (input.length) {
    await createTaxRegionsWorkflow(container).run({ input })
  }
}
