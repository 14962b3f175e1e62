import type { CustomerActions } from "../../../types/subscription"
import {
  assertCurrencies,
  assertPlan,
  assertTargets,
  changedFixedFields,
  completeActions,
  currenciesOf,
  planIssues,
  type PlanTerms,
} from "../domain/plan-input"

const plan = (values: Partial<PlanTerms> = {}): PlanTerms => ({
  handle: "coffee-monthly",
  name: "Coffee every month",
  description: null,
  interval: "month",
  interval_count: 1,
  first_discount: null,
  recurring_discount: null,
  setup_fee: null,
  trial_days: 0,
  trial_requires_payment_method: true,
  min_cycles: null,
  max_cycles: null,
  anchor_type: "purchase",
  anchor_day: null,
  price_policy: "grandfathered",
  stock_policy: "wait",
  stock_wait_days: 3,
  missed_period_policy: "charge_current",
  customer_actions: completeActions(undefined),
  action_limits: null,
  retention_offers: null,
  reminder_days: null,
  prepaid_cycles: null,
  prepaid_renews: true,
  customer_group_id: null,
  entitlements: null,
  meters: null,
  dunning: null,
  metadata: null,
  ...values,
})

const paths = (values: Partial<PlanTerms>) =>
  planIssues(plan(values)).map(({ path }) => path)

describe("planIssues", () => {
  it.each<Partial<PlanTerms>>([
    {},
    { handle: "a" },
    { handle: "2026-coffee" },
    { interval: "day", interval_count: 1000 },
    { reminder_days: 0 },
    { reminder_days: 27 },
    { interval: "year", reminder_days: 90 },
    { interval: "day", reminder_days: 0 },
    { entitlements: [] },
    { entitlements: [{ key: "courses:all", name: "All", value: { n: 1 } }] },
    { interval: "year", interval_count: 10 },
    { first_discount: { type: "percent", value: 0 } },
    { recurring_discount: { type: "percent", value: 33.3333 } },
    { recurring_discount: { type: "amount", amounts: { jpy: 1, kwd: 0.005 } } },
    { first_discount: { type: "fixed_price", prices: { eur: 0 } } },
    { setup_fee: { eur: 4.5, usd: 0 } },
    { trial_days: 730, stock_wait_days: 90 },
    { min_cycles: 3, max_cycles: 3 },
    { anchor_type: "day_of_month", anchor_day: 31 },
    { anchor_type: "day_of_month", anchor_day: 1, interval: "year" },
    { anchor_type: "day_of_week", anchor_day: 7, interval: "week" },
  ])("takes %j", (values) => {
    expect(planIssues(plan(values))).toEqual([])
    expect(() => assertPlan(plan(values))).not.toThrow()
  })

  it.each<[string, Partial<PlanTerms>]>([
    ["handle", { handle: "" }],
    ["handle", { handle: "Coffee" }],
    ["handle", { handle: "coffee--monthly" }],
    ["handle", { handle: "-coffee" }],
    ["handle", { handle: "coffee\n" }],
    ["handle", { handle: "a".repeat(101) }],
    ["interval_count", { interval_count: 0 }],
    ["interval_count", { interval_count: -1 }],
    ["interval_count", { interval_count: 1.5 }],
    ["interval_count", { interval_count: 121 }],
    ["interval_count", { interval: "year", interval_count: 11 }],
    ["interval_count", { interval_count: NaN }],
    [
      "first_discount.value",
      { first_discount: { type: "percent", value: -1 } },
    ],
    [
      "first_discount.value",
      { first_discount: { type: "percent", value: 100.5 } },
    ],
    [
      "recurring_discount.value",
      { recurring_discount: { type: "percent", value: 1.00001 } },
    ],
    [
      "recurring_discount.value",
      { recurring_discount: { type: "percent", value: NaN } },
    ],
    [
      "first_discount.amounts",
      { first_discount: { type: "amount", amounts: {} } },
    ],
    [
      "first_discount.amounts.eur",
      { first_discount: { type: "amount", amounts: { eur: 0 } } },
    ],
    [
      "first_discount.amounts.EUR",
      { first_discount: { type: "amount", amounts: { EUR: 1 } } },
    ],
    [
      "first_discount.amounts.jpy",
      { first_discount: { type: "amount", amounts: { eur: 1, jpy: 0.5 } } },
    ],
    [
      "first_discount.prices.eur",
      { first_discount: { type: "fixed_price", prices: { eur: 1.005 } } },
    ],
    [
      "first_discount.prices.eur",
      { first_discount: { type: "fixed_price", prices: { eur: 1e12 } } },
    ],
    ["setup_fee.eur", { setup_fee: { eur: -1 } }],
    ["setup_fee.eur", { setup_fee: { eur: Infinity } }],
    ["setup_fee", { setup_fee: {} }],
    ["trial_days", { trial_days: 731 }],
    ["trial_days", { trial_days: -1 }],
    ["stock_wait_days", { stock_wait_days: 91 }],
    ["reminder_days", { reminder_days: -1 }],
    ["reminder_days", { reminder_days: 1.5 }],
    ["reminder_days", { reminder_days: 28 }],
    ["reminder_days", { interval: "year", reminder_days: 91 }],
    ["reminder_days", { interval: "day", reminder_days: 1 }],
    ["entitlements.0.key", { entitlements: [{ key: "Courses" }] }],
    ["entitlements.0.key", { entitlements: [{ key: "x".repeat(65) }] }],
    ["entitlements.1.key", { entitlements: [{ key: "a" }, { key: "a" }] }],
    [
      "entitlements.0.value",
      { entitlements: [{ key: "a", value: "x".repeat(1_000) }] },
    ],
    [
      "entitlements",
      {
        entitlements: Array.from({ length: 51 }, (_, n) => ({ key: `k${n}` })),
      },
    ],
    ["min_cycles", { min_cycles: 0 }],
    ["min_cycles", { min_cycles: 4, max_cycles: 3 }],
    ["max_cycles", { max_cycles: 1e9 }],
    ["anchor_day", { anchor_day: 5 }],
    ["anchor_day", { anchor_type: "day_of_month" }],
    ["anchor_day", { anchor_type: "day_of_month", anchor_day: 32 }],
    [
      "anchor_type",
      { anchor_type: "day_of_month", anchor_day: 5, interval: "week" },
    ],
    [
      "anchor_day",
      { anchor_type: "day_of_week", anchor_day: 8, interval: "week" },
    ],
    ["anchor_type", { anchor_type: "day_of_week", anchor_day: 1 }],
    [
      "customer_actions.fly",
      {
        customer_actions: {
          ...completeActions({}),
          fly: true,
        } as CustomerActions,
      },
    ],
    [
      "customer_actions.pause",
      {
        customer_actions: {
          ...completeActions({}),
          pause: "no",
        } as unknown as CustomerActions,
      },
    ],
  ])("refuses %s in %j", (path, values) => {
    expect(paths(values)).toEqual([path])
    expect(() => assertPlan(plan(values))).toThrow(
      expect.objectContaining({ code: "validation_failed" })
    )
  })

  it("names every issue at once", () => {
    expect(paths({ handle: "X", trial_days: -1, max_cycles: 0 })).toEqual([
      "handle",
      "trial_days",
      "max_cycles",
    ])
  })
})

describe("assertTargets", () => {
  it("lets a product stand beside one of its variants", () => {
    expect(() =>
      assertTargets([
        { product_id: "p" },
        { product_id: "p", variant_id: "v" },
        { product_id: "q", variant_id: null },
      ])
    ).not.toThrow()
  })

  it.each([
    [[{ product_id: "p" }, { product_id: "p", variant_id: null }]],
    [
      [
        { product_id: "p", variant_id: "v" },
        { product_id: "p", variant_id: "v" },
      ],
    ],
  ])("refuses what is there twice: %j", (targets) => {
    expect(() => assertTargets(targets)).toThrow(
      expect.objectContaining({ code: "validation_failed" })
    )
  })
})

describe("currencies", () => {
  const values: Partial<PlanTerms> = {
    first_discount: { type: "amount", amounts: { usd: 1, eur: 1 } },
    recurring_discount: { type: "fixed_price", prices: { eur: 1, jpy: 1 } },
    setup_fee: { kwd: 1 },
  }

  it("names each once", () => {
    expect(currenciesOf(values)).toEqual(["eur", "jpy", "kwd", "usd"])
    expect(
      currenciesOf({ first_discount: { type: "percent", value: 1 } })
    ).toEqual([])
  })

  it("refuses those that the store does not know", () => {
    const known = new Set(["eur", "usd", "jpy"])
    expect(() => assertCurrencies(values, known)).toThrow(/"kwd"/)
    expect(() =>
      assertCurrencies(values, new Set([...known, "kwd"]))
    ).not.toThrow()
  })
})

describe("completeActions", () => {
  it("allows what nobody forbade and keeps what was there", () => {
    const first = completeActions({ pause: false })
    expect(first).toMatchObject({ cancel: true, pause: false, skip: true })
    expect(completeActions({ skip: false }, first)).toMatchObject({
      cancel: true,
      pause: false,
      skip: false,
    })
    expect(completeActions(null)).toEqual(completeActions(undefined))
  })
})

describe("changedFixedFields", () => {
  it("names only fields that become different", () => {
    const before = plan()
    expect(changedFixedFields(before, { interval: "month" })).toEqual([])
    expect(changedFixedFields(before, { name: "Other" })).toEqual([])
    expect(
      changedFixedFields(before, {
        interval: "week",
        anchor_type: "day_of_week",
        anchor_day: 1,
      })
    ).toEqual(["interval", "anchor_type", "anchor_day"])
  })
})
