import type { CycleQuote } from "../../../types/quote"
import type { AdminCycleView } from "../../../types/subscription-history-http"
import { comingPeriods } from "../domain/coming-periods"
import {
  customerCycle,
  customerTimelineEntry,
} from "../domain/customer-history"
import { chargeView } from "../domain/next-charge-view"

const NOON = new Date("2030-01-31T12:00:00Z")

describe("comingPeriods", () => {
  const monthly = {
    anchor_at: NOON,
    anchor_day_of_month: null,
    timezone: "UTC",
    interval: "month" as const,
    interval_count: 1,
  }
  const open = {
    period_index: 1,
    sequence: 4,
    max_cycles: null,
    paid_cycles: 1,
  }

  it("goes on from the open cycle, counted from the anchor", () => {
    expect(comingPeriods(monthly, { ...open, count: 2 })).toEqual([
      {
        sequence: 4,
        start: new Date("2030-02-28T12:00:00Z"),
        end: new Date("2030-03-31T12:00:00Z"),
      },
      {
        sequence: 5,
        start: new Date("2030-03-31T12:00:00Z"),
        end: new Date("2030-04-30T12:00:00Z"),
      },
    ])
  })

  it.each([
    [3, 2],
    [1, 0],
    [0, 0],
    [100, 12],
  ])("ends with an agreement of %i periods", (max_cycles, length) => {
    const input = { ...open, max_cycles, count: 12 }
    expect(comingPeriods(monthly, input)).toHaveLength(length)
  })

  it("ends with the calendar", () => {
    const slow = {
      ...monthly,
      interval: "year" as const,
      interval_count: 1_000,
    }
    expect(comingPeriods(slow, { ...open, count: 60 })).toHaveLength(6)
  })

  it("passes every other fault on", () => {
    const lost = { ...monthly, timezone: "Mars/Base" }
    expect(() => comingPeriods(lost, { ...open, count: 1 })).toThrow(
      expect.objectContaining({ code: "timezone_unknown" })
    )
  })
})

describe("what a customer sees of the history", () => {
  it("names no provider and no worker", () => {
    const cycle: AdminCycleView<Date> = {
      id: "scyc_1",
      kind: "renewal",
      sequence: 1,
      period_index: 1,
      status: "retry_scheduled",
      period_start: NOON,
      period_end: NOON,
      due_at: NOON,
      next_attempt_at: NOON,
      attempt: 1,
      stock_waits: 2,
      currency_code: "eur",
      amount: 10,
      order_id: null,
      payment_collection_id: "pay_col_1",
      provider_id: "pp_stripe_stripe",
      provider_payment_id: "pi_1",
      failure_code: "card_declined",
      failure_message: "The card was declined.",
      paid_at: null,
      completed_at: null,
      attempts: [],
    }
    const seen = customerCycle(cycle)
    expect(seen).toMatchObject({ id: "scyc_1", failure_code: "card_declined" })
    expect(JSON.stringify(seen)).not.toMatch(/pay_col|pp_stripe|pi_1|The card/)
  })

  it("does not tell whoever holds the card that it was reported stolen", () => {
    const entry = {
      id: "sevt_1",
      type: "payment_failed",
      actor_type: "system" as const,
      actor_id: null,
      cycle_id: "scyc_1",
      occurred_at: NOON,
    }
    const dataOf = (failure_code: string) =>
      customerTimelineEntry({ ...entry, data: { failure_code } }).data
    expect(dataOf("stolen_card")).toEqual({ failure_code: "card_declined" })
    expect(dataOf("expired_card")).toEqual({ failure_code: "expired_card" })
  })

  it("shows only the data that is meant for customers", () => {
    const entry = {
      id: "sevt_1",
      type: "renewed",
      actor_type: "admin" as const,
      actor_id: "user_1",
      cycle_id: null,
      occurred_at: NOON,
    }
    expect(
      customerTimelineEntry({ ...entry, data: { amount: 1, note: "x" } })
    ).toEqual({
      id: "sevt_1",
      type: "renewed",
      actor_type: "admin",
      cycle_id: null,
      occurred_at: NOON,
      data: { amount: 1 },
    })
    expect(customerTimelineEntry({ ...entry, data: null }).data).toBeNull()
  })
})

describe("chargeView", () => {
  const line = {
    is_tax_inclusive: true,
    tax_lines: [{ code: "VAT", rate: 19, tax_rate_id: "txr_1" }],
    adjustments: [{ amount: 2, code: "TEN", promotion_id: "promo_1" }],
  }
  const quote = {
    currency_code: "eur",
    items: [
      {
        ...line,
        id: "ordli_1",
        subscription_item_id: "subi_1",
        product_id: "prod_1",
        variant_id: "variant_1",
        quantity: 2,
        title: "Coffee",
        subtitle: null,
        thumbnail: null,
        unit_price: 10,
        compare_at_unit_price: 12,
      },
    ],
    shipping_methods: [
      {
        ...line,
        id: "ordsm_1",
        name: "Post",
        shipping_option_id: "so_1",
        amount: 4,
        data: { secret: true },
      },
    ],
    reservations: [{ id: "resitem_1", location_id: "sloc_1" }],
    totals: {
      subtotal: 16.81,
      discount_total: 4,
      shipping_total: 4,
      tax_total: 3.19,
      total: 20,
    },
    amount: 20,
  } as unknown as CycleQuote

  it("has the quote's amounts and not its workings", () => {
    const view = chargeView(quote)
    expect(view).toMatchObject({
      currency_code: "eur",
      items: [
        {
          title: "Coffee",
          unit_price: 10,
          compare_at_unit_price: 12,
          discounts: [{ code: "TEN", amount: 2 }],
          taxes: [{ code: "VAT", rate: 19, description: null }],
        },
      ],
      shipping_methods: [{ name: "Post", amount: 4 }],
      subtotal: 16.81,
      total: 20,
      amount: 20,
    })
    expect(JSON.stringify(view)).not.toMatch(
      /promo_1|txr_1|sloc_1|resitem_1|secret/
    )
  })
})
