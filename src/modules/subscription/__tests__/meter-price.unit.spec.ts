import fc from "fast-check"
import type { Meter, MeterTier } from "../../../types/meters"
import { meterIssues } from "../domain/meter-input"
import { meterAmount } from "../domain/meter-price"

const meter = (values: Partial<Meter>): Meter => ({
  key: "fonts",
  name: "Fonts",
  aggregation: "sum",
  ...values,
})
const tier = (
  up_to: number | null,
  amount: number,
  flat?: number
): MeterTier => ({
  up_to,
  unit_amount: { usd: amount },
  ...(flat !== undefined && { flat_amount: { usd: flat } }),
})

/** https://docs.stripe.com/subscriptions/pricing-models/tiered-pricing */
const TYPOGRAPHIC = [tier(5, 7), tier(10, 6.5), tier(null, 6)]
/** https://stripe.com/docs/billing/subscriptions/tiers */
const FIVE_STEPS = [
  tier(5, 5),
  tier(10, 4),
  tier(15, 3),
  tier(20, 2),
  tier(null, 1),
]

describe("meterAmount", () => {
  it.each([
    // Stripe, "Volume-based pricing".
    ["volume", TYPOGRAPHIC, 1, 7],
    ["volume", TYPOGRAPHIC, 5, 35],
    ["volume", TYPOGRAPHIC, 6, 39],
    ["volume", TYPOGRAPHIC, 20, 120],
    ["volume", TYPOGRAPHIC, 25, 150],
    // Stripe, "Graduated pricing": 5 cost the same; the rest by its rule.
    ["graduated", TYPOGRAPHIC, 5, 35],
    ["graduated", TYPOGRAPHIC, 6, 41.5],
    ["graduated", TYPOGRAPHIC, 20, 127.5],
    ["graduated", TYPOGRAPHIC, 25, 157.5],
    // Stripe, "Tiered pricing" (API), volume.
    ["volume", FIVE_STEPS, 1, 5],
    ["volume", FIVE_STEPS, 5, 25],
    ["volume", FIVE_STEPS, 6, 24],
    ["volume", FIVE_STEPS, 20, 40],
    ["volume", FIVE_STEPS, 25, 25],
    // The same page, graduated: "the total cost for an amount of 6 is $29".
    ["graduated", FIVE_STEPS, 6, 29],
    ["graduated", FIVE_STEPS, 20, 70],
    ["graduated", FIVE_STEPS, 25, 75],
  ] as const)("%s %j: %i cost %d", (tiers_mode, tiers, quantity, amount) => {
    const tiered = meter({ tiers_mode, tiers: [...tiers] })
    expect(meterAmount(tiered, quantity, "usd")).toBe(amount)
  })

  it("charges the flat amount of each graduated tier that is reached", () => {
    const tiers = [tier(5, 5, 10), tier(10, 4, 20), tier(null, 3, 30)]
    const graduated = meter({ tiers_mode: "graduated", tiers })
    const volume = meter({ tiers_mode: "volume", tiers })
    expect(meterAmount(graduated, 0, "usd")).toBe(0)
    expect(meterAmount(graduated, 5, "usd")).toBe(35)
    expect(meterAmount(graduated, 6, "usd")).toBe(59)
    expect(meterAmount(graduated, 12, "usd")).toBe(111)
    expect(meterAmount(volume, 12, "usd")).toBe(66)
  })

  it("rounds once, and takes off what is included", () => {
    const calls = meter({ unit_price: { usd: 0.0004, jpy: 0.04 } })
    expect(meterAmount(calls, 12_345, "usd")).toBe(4.94)
    // Each call alone would round to nothing.
    expect(meterAmount(calls, 12, "usd")).toBe(0)
    expect(meterAmount(calls, 13, "usd")).toBe(0.01)
    expect(meterAmount(calls, 12_345, "jpy")).toBe(494)
    expect(meterAmount({ ...calls, included: 12_000 }, 12_345, "usd")).toBe(
      0.14
    )
    expect(meterAmount({ ...calls, included: 9 }, 5, "usd")).toBe(0)
    expect(meterAmount(calls, 1, "eur")).toBeNull()
  })

  const steps = fc
    .array(
      fc.record({
        width: fc.integer({ min: 1, max: 1000 }),
        cents: fc.integer({ min: 0, max: 100_000 }),
        flat: fc.integer({ min: 0, max: 10_000 }),
      }),
      { minLength: 1, maxLength: 6 }
    )
    .map((all) => {
      let end = 0
      return all.map(({ width, cents, flat }, index) => {
        end += width
        return tier(
          index === all.length - 1 ? null : end,
          cents / 10_000,
          flat / 100
        )
      })
    })
  const quantity = fc.integer({ min: 0, max: 10_000 })

  it("never costs less for more, graduated", () => {
    fc.assert(
      fc.property(steps, quantity, quantity, (tiers, a, b) => {
        const graduated = meter({ tiers_mode: "graduated", tiers })
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(meterAmount(graduated, more, "usd")).toBeGreaterThanOrEqual(
          meterAmount(graduated, less, "usd") ?? 0
        )
      })
    )
  })

  it("is the sum of its parts, graduated, to the cent", () => {
    fc.assert(
      fc.property(steps, quantity, (tiers, used) => {
        let below = 0
        let exact = 0
        for (const { up_to, unit_amount, flat_amount } of tiers) {
          const units = Math.min(used, up_to ?? Infinity) - below
          if (units > 0) {
            exact +=
              units * Math.round((unit_amount.usd ?? 0) * 10_000) +
              Math.round((flat_amount?.usd ?? 0) * 10_000)
          }
          below = Math.min(used, up_to ?? Infinity)
        }
        const graduated = meter({ tiers_mode: "graduated", tiers })
        expect(meterAmount(graduated, used, "usd")).toBe(
          Math.floor((exact + 50) / 100) / 100
        )
      })
    )
  })

  it("is a unit price where there is one tier, in either mode", () => {
    fc.assert(
      fc.property(quantity, fc.integer({ min: 0, max: 1e6 }), (used, cents) => {
        const amount = cents / 10_000
        const flat = meterAmount(
          meter({ unit_price: { usd: amount } }),
          used,
          "usd"
        )
        for (const tiers_mode of ["graduated", "volume"] as const) {
          const tiers = [tier(null, amount)]
          expect(meterAmount(meter({ tiers_mode, tiers }), used, "usd")).toBe(
            flat
          )
        }
      })
    )
  })
})

describe("meterIssues", () => {
  const paths = (values: Partial<Meter>) =>
    meterIssues([meter(values)]).map(({ path }) => path)

  it("lets good meters pass", () => {
    expect(meterIssues(null)).toEqual([])
    expect(paths({ unit_price: { usd: 0.00000001 } })).toEqual([])
    expect(paths({ tiers_mode: "volume", tiers: FIVE_STEPS })).toEqual([])
  })

  it.each<[Partial<Meter>, string[]]>([
    [{}, ["meters.0"]],
    [
      { unit_price: { usd: 1 }, tiers: TYPOGRAPHIC },
      ["meters.0", "meters.0.tiers_mode"],
    ],
    [{ key: "API", unit_price: { usd: 1 } }, ["meters.0.key"]],
    [{ included: 1.5, unit_price: { usd: 1 } }, ["meters.0.included"]],
    [{ unit_price: {} }, ["meters.0.unit_price"]],
    [{ unit_price: { USD: 1 } }, ["meters.0.unit_price.USD"]],
    [{ unit_price: { usd: -1 } }, ["meters.0.unit_price.usd"]],
    [{ tiers_mode: "volume", tiers: [] }, ["meters.0.tiers"]],
    [
      { tiers_mode: "volume", tiers: [tier(5, 1), tier(5, 1), tier(null, 1)] },
      ["meters.0.tiers.1.up_to"],
    ],
    [{ tiers_mode: "volume", tiers: [tier(5, 1)] }, ["meters.0.tiers.0.up_to"]],
    [
      {
        tiers_mode: "volume",
        tiers: [tier(5, 1), { up_to: null, unit_amount: { eur: 1 } }],
      },
      ["meters.0.tiers.1.unit_amount"],
    ],
    [
      { tiers_mode: "volume", tiers: [tier(null, 1, 0.001)] },
      ["meters.0.tiers.0.flat_amount.usd"],
    ],
  ])("%j", (values, expected) => {
    expect(paths(values)).toEqual(expected)
  })

  it("refuses a key twice", () => {
    const one = meter({ unit_price: { usd: 1 } })
    expect(meterIssues([one, one])).toEqual([
      { path: "meters.1.key", message: "is there twice" },
    ])
  })
})
