import fc from "fast-check"
import { fromSmallestUnits, toSmallestUnits } from "../../../shared/money"
import type { PlanDiscount } from "../../../types/subscription"
import {
  planPrices,
  planUnitPrice,
  setupFeeOf,
  type PlanPricing,
} from "../domain/plan-pricing"

const plan = (values: Partial<PlanPricing> = {}): PlanPricing => ({
  first_discount: null,
  recurring_discount: null,
  setup_fee: null,
  trial_days: 0,
  ...values,
})

const percent = (value: number): PlanDiscount => ({ type: "percent", value })

const price = (
  list: number,
  discount: PlanDiscount | null,
  decimals = 2,
  currency = "eur"
) =>
  planUnitPrice({
    list_unit_price: list,
    discount,
    currency_code: currency,
    decimals,
  })

const coded = (code: string) =>
  expect.objectContaining({ code }) as unknown as Error

describe("planUnitPrice", () => {
  it.each<[number, number, number, number]>([
    [9.99, 15, 2, 8.49],
    [10, 0, 2, 10],
    [10, 100, 2, 0],
    [0.01, 50, 2, 0.01],
    [0.01, 51, 2, 0],
    [0.03, 50, 2, 0.02],
    [1.005, 0, 2, 1.01],
    [1999, 33, 0, 1339],
    [1, 50, 0, 1],
    [1.001, 50, 3, 0.501],
    [100, 33.3333, 2, 66.67],
    [29.95, 12.5, 2, 26.21],
    [0, 20, 2, 0],
  ])("%d less %d %% with %i decimals is %d", (list, off, digits, expected) => {
    expect(price(list, percent(off), digits)).toBe(expected)
  })

  it.each<[number, number, number]>([
    [10, 2.5, 7.5],
    [10, 10, 0],
    [10, 10.01, 0],
    [0.3, 0.1, 0.2],
    [0, 5, 0],
  ])("%d less the amount %d is %d", (list, eur, expected) => {
    expect(price(list, { type: "amount", amounts: { eur } })).toBe(expected)
  })

  it("takes a fixed price, above the list price too", () => {
    const discount: PlanDiscount = {
      type: "fixed_price",
      prices: { eur: 7, jpy: 900, usd: 0 },
    }
    expect(price(10, discount)).toBe(7)
    expect(price(5, discount)).toBe(7)
    expect(price(1000, discount, 0, "JPY")).toBe(900)
    expect(price(10, discount, 2, "usd")).toBe(0)
  })

  it.each<PlanDiscount>([
    { type: "amount", amounts: { usd: 1 } },
    { type: "fixed_price", prices: { usd: 1 } },
    { type: "fixed_price", prices: {} },
  ])("refuses a currency without amount: %j", (discount) => {
    expect(() => price(10, discount)).toThrow(coded("currency_mismatch"))
  })

  it("does not take a property of every object for a currency", () => {
    const discount: PlanDiscount = { type: "amount", amounts: { usd: 1 } }
    expect(() => price(10, discount, 2, "constructor")).toThrow(
      coded("currency_mismatch")
    )
  })

  it.each([-0.01, NaN, Infinity, 1e20])("refuses the list price %d", (list) => {
    expect(() => price(list, percent(10))).toThrow(coded("amount_invalid"))
  })

  it.each([-1, 100.0001, NaN])("refuses %d percent", (value) => {
    expect(() => price(10, percent(value))).toThrow(coded("amount_invalid"))
  })

  it("refuses a negative amount", () => {
    expect(() => price(10, { type: "amount", amounts: { eur: -1 } })).toThrow(
      coded("amount_invalid")
    )
  })
})

describe("planUnitPrice, of any price", () => {
  const decimals = fc.constantFrom(0, 2, 3)
  const units = fc.integer({ min: 0, max: 1e11 })
  const percents = fc.integer({ min: 0, max: 1e6 })

  it("leaves the exact share, rounded half up, between 0 and the list", () => {
    fc.assert(
      fc.property(units, percents, decimals, (list, share, digits) => {
        const left = toSmallestUnits(
          price(
            fromSmallestUnits(list, digits),
            percent(fromSmallestUnits(share, 4)),
            digits
          ),
          digits
        )
        const exact = BigInt(list) * BigInt(1e6 - share)
        expect(BigInt(left)).toBe((exact * 2n + 1_000_000n) / 2_000_000n)
        expect(left).toBeLessThanOrEqual(list)
        expect(left).toBeGreaterThanOrEqual(0)
      })
    )
  })

  it("takes an amount off exactly and stops at 0", () => {
    fc.assert(
      fc.property(units, units, decimals, (list, off, digits) => {
        const eur = fromSmallestUnits(off, digits)
        const left = price(
          fromSmallestUnits(list, digits),
          { type: "amount", amounts: { eur } },
          digits
        )
        expect(toSmallestUnits(left, digits)).toBe(Math.max(0, list - off))
      })
    )
  })

  it("answers whole smallest units for any fine list price", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        percents,
        decimals,
        (list, share, digits) => {
          const left = price(list, percent(fromSmallestUnits(share, 4)), digits)
          const whole = toSmallestUnits(left, digits)
          expect(fromSmallestUnits(whole, digits)).toBe(left)
        }
      )
    )
  })

  it("never rises with the percentage", () => {
    fc.assert(
      fc.property(units, percents, percents, (list, one, other) => {
        const at = (share: number) =>
          price(
            fromSmallestUnits(list, 2),
            percent(fromSmallestUnits(share, 4))
          )
        expect(at(Math.max(one, other))).toBeLessThanOrEqual(
          at(Math.min(one, other))
        )
      })
    )
  })
})

describe("setupFeeOf", () => {
  it("answers the currency's fee, and null for none", () => {
    const setup_fee = { eur: 5, usd: 0, jpy: 500 }
    expect(setupFeeOf({ setup_fee }, "EUR")).toBe(5)
    expect(setupFeeOf({ setup_fee }, "jpy")).toBe(500)
    expect(setupFeeOf({ setup_fee }, "usd")).toBeNull()
    expect(setupFeeOf({ setup_fee: null }, "gbp")).toBeNull()
    expect(setupFeeOf({ setup_fee: {} }, "gbp")).toBeNull()
  })

  it("refuses a currency that the fee leaves out", () => {
    expect(() => setupFeeOf({ setup_fee: { eur: 5 } }, "gbp")).toThrow(
      coded("currency_mismatch")
    )
  })
})

describe("planPrices", () => {
  it("prices the first and later charges each by its own discount", () => {
    expect(
      planPrices({
        plan: plan({
          first_discount: percent(50),
          recurring_discount: { type: "amount", amounts: { eur: 2 } },
          setup_fee: { eur: 4.5 },
        }),
        list_unit_price: 20,
        currency_code: "eur",
      })
    ).toEqual({
      list_unit_price: 20,
      first_unit_price: 10,
      recurring_unit_price: 18,
      setup_fee: 4.5,
      trial_days: 0,
      prepaid_cycles: null,
    })
  })

  it("charges all prepaid periods at once, each rounded by itself", () => {
    const prices = planPrices({
      plan: plan({ first_discount: percent(15), prepaid_cycles: 3 }),
      list_unit_price: 9.99,
      currency_code: "eur",
    })
    // 8.4915 is 8.49.
    expect(prices).toMatchObject({
      first_unit_price: 25.47,
      recurring_unit_price: 9.99,
      prepaid_cycles: 3,
    })
  })

  it("charges the list price where a discount is missing", () => {
    const prices = planPrices({
      plan: plan({ recurring_discount: percent(10) }),
      list_unit_price: 1000,
      currency_code: "JPY",
    })
    expect(prices).toMatchObject({
      first_unit_price: 1000,
      recurring_unit_price: 900,
      setup_fee: null,
    })
  })

  it("makes a trial's first charge 0, the setup fee apart", () => {
    const prices = planPrices({
      plan: plan({ trial_days: 14, setup_fee: { kwd: 1.005 } }),
      list_unit_price: 3.125,
      currency_code: "kwd",
    })
    expect(prices).toEqual({
      list_unit_price: 3.125,
      first_unit_price: 0,
      recurring_unit_price: 3.125,
      setup_fee: 1.005,
      trial_days: 14,
      prepaid_cycles: null,
    })
  })

  it("lets a store's own decimals go before those of ISO 4217", () => {
    const prices = planPrices({
      plan: plan({ recurring_discount: percent(50) }),
      list_unit_price: 3,
      currency_code: "eur",
      decimals: 0,
    })
    expect(prices.recurring_unit_price).toBe(2)
  })
})
