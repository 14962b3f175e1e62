import fc from "fast-check"

import type { StoreSeed } from "../../../demo/seed"
import { fromSmallestUnits } from "../../../src/shared/money"
import type { PlanDiscount, PricePolicy } from "../../../src/types/subscription"

/** A subscription to be made, drawn at random. Amounts in major units. */
export type GeneratedCase = {
  currency: string
  country: string
  province: string | null
  price_policy: PricePolicy
  discount: PlanDiscount | null
  shipping: "standard" | "express" | null
  items: {
    sku: string
    quantity: number
    list_unit_price: number
    is_tax_inclusive: boolean
  }[]
}

/** Digits of the currencies that the seeded store sells in. */
export const DECIMALS = { eur: 2, usd: 2, jpy: 0, kwd: 3 } as const
type Currency = keyof typeof DECIMALS

/** Places with a tax rate of their own; the test makes them. */
export const PROVINCES: Record<string, { code: string; rate: number }> = {
  us: { code: "us-ca", rate: 8.875 },
  kw: { code: "kw-ah", rate: 5.5 },
}

const PHYSICAL = ["COFFEE-250", "COFFEE-1000", "TEA-BOX", "MUG-SAND"]
const DIGITAL = "COURSE-EN"

/** The same cases for the same seed. */
export function generateCases(
  store: StoreSeed,
  options: { seed: number; count: number }
): GeneratedCase[] {
  return fc.sample(generatedCase(store), {
    seed: options.seed,
    numRuns: options.count,
  })
}

function generatedCase(store: StoreSeed): fc.Arbitrary<GeneratedCase> {
  return fc
    .record({
      currency: fc.constantFrom<Currency[]>("eur", "usd", "jpy", "kwd"),
      isShipped: fc.boolean(),
    })
    .chain(({ currency, isShipped }) =>
      fc
        .constantFrom(...(store.regions[currency]?.countries ?? []))
        .chain((country) =>
          fc.record({
            currency: fc.constant(currency),
            country: fc.constant(country),
            province: province(country),
            price_policy: fc.constantFrom<PricePolicy[]>(
              "grandfathered",
              "current"
            ),
            discount: discount(currency),
            shipping: isShipped
              ? fc.constantFrom<("standard" | "express")[]>(
                  "standard",
                  "express"
                )
              : fc.constant(null),
            items: fc.array(
              item(currency, isShipped ? [...PHYSICAL, DIGITAL] : [DIGITAL]),
              { minLength: 1, maxLength: 4 }
            ),
          })
        )
    )
    .map((one) => withGoods(one))
}

/** Something is sent exactly where the customer chose how. */
function withGoods(one: GeneratedCase): GeneratedCase {
  const [first, ...others] = one.items
  return one.shipping && first && one.items.every(isDigital)
    ? { ...one, items: [{ ...first, sku: "TEA-BOX" }, ...others] }
    : one
}

function isDigital({ sku }: { sku: string }): boolean {
  return sku === DIGITAL
}

function province(country: string): fc.Arbitrary<string | null> {
  const known = PROVINCES[country]
  return known ? fc.constantFrom(null, known.code) : fc.constant(null)
}

function item(currency: Currency, skus: string[]) {
  return fc.record({
    sku: fc.constantFrom(...skus),
    quantity: fc.integer({ min: 1, max: 50 }),
    list_unit_price: price(currency, 200, 40_000),
    is_tax_inclusive: fc.boolean(),
  })
}

function discount(currency: Currency): fc.Arbitrary<PlanDiscount | null> {
  return fc.oneof(
    fc.constant(null),
    fc
      .integer({ min: 1, max: 6_000 })
      .map((value) => ({ type: "percent" as const, value: value / 100 })),
    price(currency, 1, 100).map((amount) => ({
      type: "amount" as const,
      amounts: { [currency]: amount },
    })),
    price(currency, 100, 9_999).map((amount) => ({
      type: "fixed_price" as const,
      prices: { [currency]: amount },
    }))
  )
}

/** Any price between two numbers of smallest units. */
function price(
  currency: Currency,
  min: number,
  max: number
): fc.Arbitrary<number> {
  const decimals = DECIMALS[currency]
  // A thousandth is worth less than a hundredth, and a yen about as much.
  const scale = decimals === 3 ? 10 : 1
  return fc
    .integer({ min: min * scale, max: max * scale })
    .map((units) => fromSmallestUnits(units, decimals))
}
