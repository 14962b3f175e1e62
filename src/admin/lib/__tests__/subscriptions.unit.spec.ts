/// <reference types="jest" />
import { CANCELLATION_REASONS } from "../../../types/subscription"
import {
  bodyOfAction,
  effectOf,
  offeredActions,
  STAFF_ACTIONS,
  startValues,
} from "../subscription-actions"
import { standOf, type Stand } from "../status"
import { entryText } from "../timeline"

const values = startValues("skip", { next_charge: null })
const stand: Stand = {
  status: "active",
  parked_at: null,
  cancel_at_period_end: false,
  cancel_at: null,
  resumes_at: null,
  ended_at: null,
}
const DAY = "2030-03-01T09:00:00.000Z"

describe("the actions that are offered", () => {
  it("are those that the server allows, in the order of the menu", () => {
    expect(
      offeredActions({
        parked_at: null,
        available_actions: [
          { action: "cancel", allowed: true },
          { action: "pause", allowed: true },
          { action: "resume", allowed: false, reason: "status" },
          // Not for staff: an order of today is "renew now".
          { action: "order_now", allowed: true },
        ],
      })
    ).toEqual(["pause", "cancel"])
  })

  it("are to let a parked one go on, whatever else is possible", () => {
    expect(offeredActions({ parked_at: DAY, available_actions: [] })).toEqual([
      "unpark",
    ])
  })
})

describe("what an action sends", () => {
  it("is nothing for those that take nothing", () => {
    for (const action of ["unskip", "reactivate", "unpark"] as const) {
      expect(effectOf(action, values)).toEqual({})
    }
  })

  it("waits for a number or a day", () => {
    for (const cycles of ["", "0", "-1", "1.5", "x"]) {
      expect(effectOf("skip", { ...values, cycles })).toBeNull()
      expect(effectOf("pause", { ...values, cycles })).toBeNull()
    }
    expect(effectOf("reschedule", { ...values, date: null })).toBeNull()
    expect(effectOf("pause", { ...values, end: "date", date: null })).toBeNull()
  })

  it("is one of three ends of a pause", () => {
    const date = new Date(2030, 2, 5)
    expect(effectOf("pause", { ...values, cycles: "2" })).toEqual({ cycles: 2 })
    expect(effectOf("pause", { ...values, end: "open" })).toEqual({})
    expect(effectOf("pause", { ...values, end: "date", date })).toEqual({
      until: date.toISOString(),
    })
  })

  it("is the day that was chosen, late in the evening too", () => {
    const date = new Date(2030, 2, 5, 23, 30)
    expect(effectOf("reschedule", { ...values, date })).toEqual({
      date: "2030-03-05",
    })
  })

  it("holds the reason of a cancellation where there is one", () => {
    const empty = { ...values, comment: "  " }
    expect(bodyOfAction("cancel", empty)).toEqual({ when: "period_end" })
    expect(
      bodyOfAction("cancel", {
        ...values,
        when: "now",
        reason_code: CANCELLATION_REASONS[0],
        comment: " By telephone ",
      })
    ).toEqual({
      when: "now",
      reason_code: CANCELLATION_REASONS[0],
      comment: "By telephone",
    })
    // What decides nothing asks for no new preview.
    expect(effectOf("cancel", { ...values, comment: "x" })).toEqual({
      when: "period_end",
    })
  })

  it("begins with the date as it is", () => {
    const next_charge = {
      cycle_id: "c",
      date: DAY,
      amount: 1,
      currency_code: "eur",
      is_estimate: false,
    }
    expect(startValues("reschedule", { next_charge }).date).toEqual(
      new Date(DAY)
    )
    expect(startValues("pause", { next_charge }).date).toBeNull()
    expect(
      STAFF_ACTIONS.map((one) => startValues(one, { next_charge }).when)
    ).toEqual(STAFF_ACTIONS.map(() => "period_end"))
  })
})

describe("how a subscription stands", () => {
  it.each<[Partial<Stand>, ReturnType<typeof standOf>]>([
    [{}, { color: "green", name: "active" }],
    [{ status: "paused" }, { color: "orange", name: "paused" }],
    [
      { status: "paused", resumes_at: DAY },
      { color: "orange", name: "pausedUntil", date: DAY },
    ],
    [
      { cancel_at_period_end: true, cancel_at: DAY },
      { color: "grey", name: "endsOn", date: DAY },
    ],
    [{ cancel_at_period_end: true }, { color: "grey", name: "ending" }],
    [
      { cancel_at_period_end: true, cancel_at: DAY, parked_at: DAY },
      { color: "red", name: "parked" },
    ],
    [
      { status: "canceled", ended_at: DAY, parked_at: DAY },
      { color: "grey", name: "canceled" },
    ],
  ])("%j", (change, expected) => {
    expect(standOf({ ...stand, ...change })).toEqual(expected)
  })
})

describe("an entry of the timeline", () => {
  const text = (
    type: string,
    data: Record<string, unknown> | null = null,
    actor_type: "system" | "customer" | "admin" = "customer"
  ) => entryText({ type, actor_type, data })

  it("is told by its type", () => {
    expect(text("renewed", { amount: 5 })).toEqual({
      key: "renewed",
      dates: {},
    })
    expect(text("resumed", { next_charge_at: DAY })).toEqual({
      key: "resumed",
      dates: { next_charge_at: DAY },
    })
  })

  it("tells what a customer left out from what stock did", () => {
    expect(text("skipped", { cycles: 2, next_charge_at: DAY })).toEqual({
      key: "leftOut",
      count: 2,
      dates: { next_charge_at: DAY },
    })
    expect(text("skipped", null, "system").key).toBe("skipped")
  })

  it("tells a pause with an end from one without", () => {
    expect(text("paused", { resumes_at: null }).key).toBe("paused")
    expect(text("paused", { resumes_at: DAY })).toEqual({
      key: "pausedUntil",
      dates: { resumes_at: DAY },
    })
  })

  it("tells the offers apart", () => {
    expect(
      text("offer_accepted", { type: "discount", percent: 50, cycles: 2 })
    ).toEqual({ key: "offerDiscount", percent: 50, count: 2, dates: {} })
    expect(text("offer_accepted", { type: "pause", cycles: 3 })).toEqual({
      key: "offerPause",
      count: 3,
      dates: {},
    })
  })
})
