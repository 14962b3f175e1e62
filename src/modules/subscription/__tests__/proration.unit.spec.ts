import { prorate, prorateIntervalChange } from "../domain/proration"
import { prorateBillingDay, prorateStub } from "../domain/proration-billing-day"
import { applyCreditBalance } from "../domain/proration-credit"
import {
  remainingShare,
  unitsOfSpan,
  type ProrationLine,
} from "../domain/proration-share"

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const april = { start: day("2026-04-01"), end: day("2026-05-01") }
const half = day("2026-04-16")
const january15 = { start: day("2026-01-15"), end: day("2026-02-15") }

const line = (unit_price: number, quantity = 1, key = "item") => ({
  key,
  unit_price,
  quantity,
})

const change = (
  values: {
    at?: Date
    period?: { start: Date; end: Date }
    current?: ProrationLine[]
    next?: ProrationLine[]
    currency_decimals?: number
    proration?: "prorate" | "none"
  } = {}
) => ({
  at: half,
  period: april,
  current: [line(10)],
  next: [line(20)],
  currency_decimals: 2,
  ...values,
})

const coded = (code: string, field?: string) =>
  expect.objectContaining(
    field ? { code, details: { field } } : { code }
  ) as unknown as Error

describe("prorate", () => {
  it("answers both sides, line by line, with their titles", () => {
    const current = [{ ...line(10), title: "Basic" }]
    const next = [{ ...line(20), title: "Pro" }]
    expect(prorate(change({ current, next }))).toEqual({
      fraction: { remaining_seconds: 1_296_000, total_seconds: 2_592_000 },
      credits: [{ ...current[0], amount: 5 }],
      charges: [{ ...next[0], amount: 10 }],
      credit_total: 5,
      charge_total: 10,
      net: 5,
    })
  })

  it("leaves out what is the same, whatever its title and place", () => {
    const result = prorate(
      change({
        current: [line(5, 1, "a"), { ...line(7, 2, "b"), title: "Old" }],
        next: [{ ...line(7, 2, "b"), title: "New" }, line(6, 1, "a")],
      })
    )
    expect(result.credits.map(({ key }) => key)).toEqual(["a"])
    expect(result.charges.map(({ key }) => key)).toEqual(["a"])
    expect(result.net).toBe(0.5)
  })

  it("credits and charges a line whose quantity changes", () => {
    const result = prorate(
      change({ current: [line(10, 3)], next: [line(10, 2)] })
    )
    expect([result.credit_total, result.charge_total, result.net]).toEqual([
      15, 10, -5,
    ])
  })

  it("counts quantity 0 as nothing", () => {
    const result = prorate(change({ next: [line(10, 0)] }))
    expect(result).toMatchObject({ credit_total: 5, charges: [], net: -5 })
  })

  it("sums up what floats would not", () => {
    const result = prorate(
      change({
        at: april.start,
        current: [],
        next: [line(0.1, 1, "a"), line(0.2, 1, "b")],
      })
    )
    expect(result.charge_total).toBe(0.3)
  })

  it("takes the noise of floats for no price", () => {
    const at = april.start
    const next = [line(0.1 + 0.2, 1_000_000)]
    expect(prorate(change({ at, next, current: [] })).net).toBe(300_000)
    // As large as it may be: another digit would not fit.
    const large = [line(1_234_567_890.1 * 3)]
    expect(prorate(change({ at, next: large, current: [] })).net).toBe(
      3_703_703_670.3
    )
  })

  it("cuts milliseconds off", () => {
    const at = new Date(april.end.getTime() - 999)
    const { remaining_seconds } = remainingShare(april, at)
    expect(remaining_seconds).toBe(1)
    const late = {
      start: new Date(april.start.getTime() + 900),
      end: new Date(april.end.getTime() + 900),
    }
    expect(remainingShare(late, late.start)).toEqual({
      remaining_seconds: 2_592_000,
      total_seconds: 2_592_000,
    })
  })

  it.each([
    ["2026-03-31T23:59:59.999Z", "at"],
    ["2026-05-01T00:00:00.001Z", "at"],
  ])("refuses %s, outside the period", (at, field) => {
    const input = change({ at: new Date(at) })
    expect(() => prorate(input)).toThrow(coded("date_out_of_range", field))
    expect(() => prorateIntervalChange(input)).toThrow(
      coded("date_out_of_range")
    )
    expect(() => prorate({ ...input, proration: "none" })).toThrow(
      coded("date_out_of_range", field)
    )
  })

  it.each([
    [{ start: april.end, end: april.start }, "period"],
    [{ start: april.start, end: april.start }, "period"],
    [{ start: new Date(NaN), end: april.end }, "period.start"],
    [{ start: april.start, end: new Date(NaN) }, "period.end"],
  ])("refuses the period %j", (period, field) => {
    expect(() => prorate(change({ period, at: april.start }))).toThrow(
      coded("date_invalid", field)
    )
  })

  it("refuses a date that is none", () => {
    expect(() => prorate(change({ at: new Date(NaN) }))).toThrow(
      coded("date_invalid")
    )
  })

  it.each([-0.01, NaN, Infinity, 1e16])("refuses the price %d", (price) => {
    expect(() => prorate(change({ next: [line(price)] }))).toThrow(
      coded("amount_invalid")
    )
    // Where nothing is due as well: a mistake does not wait for the day it costs.
    expect(() =>
      prorate(change({ next: [line(price)], proration: "none" }))
    ).toThrow(coded("amount_invalid"))
  })

  it.each([-1, 1.5, NaN, 2 ** 53])("refuses the quantity %d", (quantity) => {
    expect(() => prorate(change({ current: [line(1, quantity)] }))).toThrow(
      coded("quantity_invalid")
    )
  })

  it("refuses a total beyond 2^53", () => {
    expect(() => prorate(change({ next: [line(1e9, 1_000_000_000)] }))).toThrow(
      coded("amount_invalid")
    )
  })

  it.each([-1, 9, 0.5])("refuses %d decimals", (currency_decimals) => {
    expect(() => prorate(change({ currency_decimals }))).toThrow(
      coded("amount_invalid")
    )
  })

  it("refuses a key twice on one side", () => {
    const twice = [line(1), line(2)]
    expect(() => prorate(change({ current: twice }))).toThrow(
      coded("billing_rule_invalid", "current")
    )
    expect(() => prorate(change({ next: twice }))).toThrow(
      coded("billing_rule_invalid", "next")
    )
  })
})

describe("unitsOfSpan", () => {
  it("refuses a part that ends before it starts", () => {
    const span = { from: half, to: april.start, period: april }
    expect(() => unitsOfSpan(line(1), span, 2)).toThrow(
      coded("date_out_of_range", "from")
    )
  })
})

describe("a stub and another billing day", () => {
  const lines = [line(31)]
  const later = {
    at: day("2026-01-20"),
    period: { start: day("2026-01-05"), end: day("2026-02-05") },
    new_end: january15.end,
    full_period: january15,
    lines,
    currency_decimals: 2,
  }

  it("tells the stub's share", () => {
    expect(prorateBillingDay(later)).toMatchObject({
      fraction: { remaining_seconds: 864_000, total_seconds: 2_678_400 },
      credits: [],
      charge_total: 10,
    })
    const earlier = { ...later, new_end: day("2026-01-25") }
    expect(prorateBillingDay(earlier)).toMatchObject({
      fraction: { remaining_seconds: 950_400, total_seconds: 2_678_400 },
      credit_total: 11,
      charges: [],
    })
  })

  it("is free without proration, both ways", () => {
    const free = { ...later, proration: "none" as const }
    const nothing = { credits: [], charges: [], net: 0 }
    expect(prorateBillingDay(free)).toMatchObject(nothing)
    expect(
      prorateBillingDay({ ...free, new_end: day("2026-01-25") })
    ).toMatchObject(nothing)
  })

  it("credits the rest where the new day is now", () => {
    const now = { ...later, new_end: later.at }
    expect(prorateBillingDay(now).credit_total).toBe(16)
  })

  it("refuses a new day in the past, and a time outside the period", () => {
    expect(() =>
      prorateBillingDay({ ...later, new_end: day("2026-01-19") })
    ).toThrow(coded("date_out_of_range", "new_end"))
    expect(() =>
      prorateBillingDay({ ...later, at: day("2026-02-06") })
    ).toThrow(coded("date_out_of_range", "at"))
    expect(() =>
      prorateBillingDay({ ...later, new_end: new Date(NaN) })
    ).toThrow(coded("date_invalid"))
  })

  it("refuses a stub that the full period does not hold", () => {
    expect(() =>
      prorateBillingDay({ ...later, new_end: day("2026-03-15") })
    ).toThrow(coded("date_out_of_range", "to"))
    expect(() =>
      prorateStub({
        stub: { start: day("2026-01-14"), end: january15.end },
        full_period: january15,
        lines,
        currency_decimals: 2,
      })
    ).toThrow(coded("date_out_of_range", "from"))
  })
})

describe("applyCreditBalance", () => {
  it.each([
    [20, 30, { applied: 20, due: 10, balance: 0 }],
    [30, 20, { applied: 20, due: 0, balance: 10 }],
    [20, 20, { applied: 20, due: 0, balance: 0 }],
    [0, 20, { applied: 0, due: 20, balance: 0 }],
    [5, 0, { applied: 0, due: 0, balance: 5 }],
    [5, -20, { applied: 0, due: 0, balance: 25 }],
    [0.3, 0.1, { applied: 0.1, due: 0, balance: 0.2 }],
  ])("%d on a charge of %d", (balance, amount, expected) => {
    expect(
      applyCreditBalance({ balance, amount, currency_decimals: 2 })
    ).toEqual(expected)
  })

  it("refuses a debt for a balance", () => {
    expect(() =>
      applyCreditBalance({ balance: -0.01, amount: 1, currency_decimals: 2 })
    ).toThrow(coded("amount_invalid"))
  })
})
