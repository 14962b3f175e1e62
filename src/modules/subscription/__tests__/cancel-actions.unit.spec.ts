import { CUSTOMER_ACTIONS } from "../../../types/subscription"
import type { CycleQuote } from "../../../types/quote"
import type { ActionContext } from "../domain/actions/action-context"
import {
  cancel,
  endOfPeriod,
  reactivate,
  termLeft,
} from "../domain/actions/cancel"
import { changeAddress } from "../domain/actions/change-address"
import { acceptOffer, availableOffers } from "../domain/actions/retention"
import { unpark } from "../domain/actions/unpark"
import { decideCycle } from "../domain/decide-cycle"
import type { BillingSubscription, CycleRow } from "../domain/billing"

const NOW = new Date("2026-02-10T09:00:00Z")
const START = new Date("2026-02-28T10:00:00Z")

type Facts = {
  subscription?: Partial<Omit<BillingSubscription, "plan">>
  plan?: Partial<BillingSubscription["plan"]>
  cycle?: Partial<CycleRow> | null
  actor?: ActionContext["actor"]
  now?: Date
}

function contextOf(facts: Facts = {}): ActionContext {
  const subscription = {
    id: "sub_1",
    status: "active",
    anchor_at: new Date("2026-01-31T10:00:00Z"),
    anchor_day_of_month: null,
    timezone: "UTC",
    interval: "month",
    interval_count: 1,
    min_cycles: null,
    max_cycles: null,
    paid_cycles: 1,
    cancel_at_period_end: false,
    cancel_at: null,
    parked_at: null,
    resumes_at: null,
    last_charged_at: null,
    discount_percent: null,
    discount_cycles_left: null,
    accepted_offer_ids: [],
    shipping_address: { country_code: "de", city: "Hamburg" },
    shipping_option_id: "so_1",
    ...facts.subscription,
    plan: {
      action_limits: null,
      retention_offers: null,
      missed_period_policy: "charge_current",
      customer_actions: Object.fromEntries(
        CUSTOMER_ACTIONS.map((action) => [action, true])
      ),
      ...facts.plan,
    },
  } as unknown as BillingSubscription
  return {
    subscription,
    cycle:
      facts.cycle === null
        ? null
        : ({
            id: "scyc_1",
            sequence: 1,
            period_index: 1,
            status: "scheduled",
            period_start: START,
            period_end: new Date("2026-03-31T10:00:00Z"),
            due_at: START,
            next_attempt_at: START,
            quote: null,
            ...facts.cycle,
          } as CycleRow),
    skipped: [],
    change: null,
    actor: facts.actor ?? { type: "customer", id: "cus_1" },
    now: facts.now ?? NOW,
    safetyHours: 20,
  }
}

const failed = { status: "uncollectible", quote: {} as CycleQuote } as const

describe("the end of the period", () => {
  it("is what is paid, a trial, or a minimum term", () => {
    expect(endOfPeriod(contextOf())).toEqual(START)
    expect(
      endOfPeriod(contextOf({ subscription: { status: "trialing" } }))
    ).toEqual(START)
    const bound = { min_cycles: 3 }
    expect(endOfPeriod(contextOf({ subscription: bound }))).toEqual(
      new Date("2026-04-30T10:00:00Z")
    )
    const staff = { type: "admin", id: "user_1" } as const
    expect(
      endOfPeriod(contextOf({ subscription: bound, actor: staff }))
    ).toEqual(START)
  })

  it("is now where nothing is paid ahead", () => {
    const later = new Date("2026-03-05T10:00:00Z")
    expect(
      endOfPeriod(
        contextOf({
          now: later,
          cycle: failed,
          subscription: { status: "past_due" },
        })
      )
    ).toEqual(later)
    expect(
      endOfPeriod(contextOf({ subscription: { status: "incomplete" } }))
    ).toEqual(NOW)
    expect(endOfPeriod(contextOf({ cycle: null }))).toEqual(NOW)
  })

  it("binds nobody in a trial", () => {
    expect(termLeft({ min_cycles: 3, paid_cycles: 0 })).toBe(0)
    expect(termLeft({ min_cycles: 3, paid_cycles: 1 })).toBe(2)
    expect(termLeft({ min_cycles: 3, paid_cycles: 5 })).toBe(0)
    expect(termLeft({ min_cycles: null, paid_cycles: 1 })).toBe(0)
  })
})

describe("a cancellation", () => {
  it("leaves a charge alone of which only the provider knows", () => {
    const change = cancel(contextOf({ cycle: { status: "unknown" } }), {
      when: "now",
    })
    expect(change.subscription).toMatchObject({ status: "canceled" })
    expect(change.cycles).toEqual([])
  })

  it("ends with the run that would charge, and goes on until then", () => {
    const context = contextOf({ subscription: { min_cycles: 3 } })
    const { subscription: set } = cancel(context, { when: "period_end" })
    const ending = {
      ...context.subscription,
      ...set,
      plan: context.subscription.plan,
    } as BillingSubscription
    const at = (period_start: string) =>
      decideCycle(
        ending,
        {
          ...context.cycle,
          period_start: new Date(period_start),
          period_index: new Date(period_start).getUTCMonth(),
        } as CycleRow,
        { now: new Date(period_start), safetyHours: 0 }
      ).action
    expect(at("2026-02-28T10:00:00Z")).toBe("charge")
    expect(at("2026-03-31T10:00:00Z")).toBe("charge")
    expect(at("2026-04-30T10:00:00Z")).toBe("end")
  })

  it("is undone without waking a pause", () => {
    const ending = { cancel_at_period_end: true, cancel_at: START } as const
    expect(reactivate(contextOf({ subscription: ending })).cycles).toEqual([
      { id: "scyc_1", set: { next_attempt_at: START } },
    ])
    expect(
      reactivate(contextOf({ subscription: { ...ending, status: "paused" } }))
        .cycles
    ).toEqual([{ id: "scyc_1", set: { next_attempt_at: null } }])
    expect(
      reactivate(contextOf({ subscription: ending, cycle: null })).cycles
    ).toEqual([])
  })
})

describe("offers", () => {
  const retention_offers = [
    { id: "half", type: "discount" as const, percent: 50, cycles: 2 },
    { id: "break", type: "pause" as const, cycles: 2 },
  ]
  const ids = (facts: Facts) =>
    availableOffers(
      contextOf({ ...facts, plan: { retention_offers, ...facts.plan } })
    ).map(({ id }) => id)

  it("are those that would take effect", () => {
    expect(ids({})).toEqual(["half", "break"])
    expect(ids({ subscription: { status: "trialing" } })).toEqual(["half"])
    expect(ids({ subscription: { discount_cycles_left: 1 } })).toEqual([
      "break",
    ])
    expect(ids({ subscription: { accepted_offer_ids: ["half"] } })).toEqual([
      "break",
    ])
    expect(availableOffers(contextOf())).toEqual([])
  })

  it("are not taken by who could not cancel", () => {
    expect(() =>
      acceptOffer(
        contextOf({
          plan: { retention_offers },
          subscription: { cancel_at_period_end: true },
        }),
        { offer_id: "half" }
      )
    ).toThrow(expect.objectContaining({ name: "CodedError" }) as Error)
  })
})

describe("a change of address", () => {
  const there = {
    shipping_address: { country_code: "de", city: "Hamburg", address_1: "B" },
    shipping_option_id: "so_1",
  }

  it("keeps what was priced and what is delivered in step", () => {
    expect(changeAddress(contextOf({ cycle: failed }), there)).toMatchObject({
      subscription: there,
    })
    for (const moved of [
      { ...there, shipping_option_id: "so_2" },
      {
        ...there,
        shipping_address: { country_code: "fr", city: "Hamburg" },
      },
    ]) {
      expect(changeAddress(contextOf(), moved).subscription).toEqual(moved)
      expect(() => changeAddress(contextOf({ cycle: failed }), moved)).toThrow(
        expect.objectContaining({ code: "payment_pending" }) as Error
      )
    }
    expect(
      changeAddress(contextOf({ subscription: { shipping_address: null } }), {
        ...there,
      }).subscription
    ).toEqual(there)
  })
})

describe("letting a parked one go on", () => {
  it("gives a held period its date back, and leaves a pause a pause", () => {
    const parked = { parked_at: NOW }
    const held = { status: "retry_scheduled", next_attempt_at: null } as const
    expect(
      unpark(contextOf({ subscription: parked, cycle: held })).cycles
    ).toEqual([{ id: "scyc_1", set: { next_attempt_at: START } }])
    expect(unpark(contextOf({ subscription: parked })).cycles).toEqual([])
    expect(
      unpark(
        contextOf({
          subscription: { ...parked, status: "paused" },
          cycle: held,
        })
      ).cycles
    ).toEqual([])
    expect(() => unpark(contextOf())).toThrow(
      expect.objectContaining({
        code: "subscription_transition_not_allowed",
      }) as Error
    )
  })
})
