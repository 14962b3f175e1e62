import {
  CUSTOMER_ACTIONS,
  CYCLE_STATUSES,
  SUBSCRIPTION_STATUSES,
  type CustomerActions,
} from "../../../types/subscription"
import {
  ACTION_REFUSALS,
  SUBSCRIPTION_ACTIONS,
  type SubscriptionAction,
} from "../../../types/available-actions"
import {
  availableActions,
  refusalOf,
  type ActionState,
} from "../domain/available-actions"

const all = (allowed: boolean) =>
  Object.fromEntries(
    CUSTOMER_ACTIONS.map((action) => [action, allowed])
  ) as CustomerActions

const state: ActionState = {
  status: "active",
  cancel_at_period_end: false,
  is_parked: false,
  customer_actions: all(true),
  cycle_status: "scheduled",
  change_status: null,
  skipped_cycles: 0,
}

const refusals = (changes: Partial<ActionState>) =>
  Object.fromEntries(
    availableActions({ ...state, ...changes }).map(({ action, reason }) => [
      action,
      reason ?? "allowed",
    ])
  ) as Record<SubscriptionAction, string>

const allowed = (changes: Partial<ActionState>) =>
  Object.entries(refusals(changes)).flatMap(([action, reason]) =>
    reason === "allowed" ? [action] : []
  )

describe("availableActions", () => {
  it("decides each action in each state, with a reason for each no", () => {
    for (const status of SUBSCRIPTION_STATUSES) {
      for (const cycle_status of [...CYCLE_STATUSES, null]) {
        for (const flag of [true, false]) {
          const list = availableActions({
            status,
            cycle_status,
            change_status: null,
            cancel_at_period_end: flag,
            is_parked: !flag,
            customer_actions: all(flag),
            skipped_cycles: flag ? 1 : 0,
          })
          expect(list.map(({ action }) => action)).toEqual([
            ...SUBSCRIPTION_ACTIONS,
          ])
          for (const { allowed: isAllowed, reason } of list) {
            expect(isAllowed).toBe(reason === undefined)
            expect([undefined, ...ACTION_REFUSALS]).toContain(reason)
          }
        }
      }
    }
  })

  it("allows an active subscription everything but waking, paying and beginning again", () => {
    expect(refusals({})).toMatchObject({
      resume: "status",
      retry_payment: "status",
      unskip: "nothing_skipped",
      reactivate: "not_ending",
      resubscribe: "status",
    })
    expect(allowed({})).toHaveLength(SUBSCRIPTION_ACTIONS.length - 5)
    expect(allowed({ skipped_cycles: 1 })).toContain("unskip")
  })

  it("lets staff do what the plan does not offer, and nothing else", () => {
    const mine = { ...state, customer_actions: all(false) }
    const staff = { ignorePlan: true }
    expect(refusalOf("pause", mine, staff)).toBeUndefined()
    expect(refusalOf("resume", mine, staff)).toBe("status")
  })

  it.each(["canceled", "expired"] as const)(
    "allows only to begin again once %s",
    (status) => {
      expect(allowed({ status, cycle_status: null })).toEqual(["resubscribe"])
      expect(
        allowed({ status, cycle_status: null, cancel_at_period_end: true })
      ).toEqual(["resubscribe"])
    }
  )

  it("keeps to the plan, save for what every customer may do", () => {
    const mine = { customer_actions: all(false) }
    expect(allowed(mine)).toEqual([])
    expect(refusals(mine).cancel).toBe("not_offered")
    expect(allowed({ ...mine, status: "paused" })).toEqual(["resume"])
    const late = {
      status: "past_due",
      cycle_status: "retry_scheduled",
    } as const
    expect(allowed({ ...mine, ...late })).toEqual(["retry_payment"])
    expect(allowed({ ...mine, cancel_at_period_end: true })).toEqual([
      "reactivate",
    ])
    expect(refusals({ customer_actions: {} }).skip).toBe("not_offered")
  })

  it("lets one that ends only be kept, its address and card be changed", () => {
    expect(allowed({ cancel_at_period_end: true })).toEqual([
      "change_address",
      "change_payment_method",
      "reactivate",
    ])
    expect(refusals({ cancel_at_period_end: true })).toMatchObject({
      cancel: "ending",
      pause: "ending",
      skip: "ending",
    })
  })

  it.each(["claimed", "priced", "charging", "unknown", "paid"] as const)(
    "does not touch a charge that is %s",
    (cycle_status) => {
      expect(refusals({ cycle_status })).toMatchObject({
        change_items: "charge_in_progress",
        change_plan: "charge_in_progress",
        skip: "charge_in_progress",
        reschedule: "charge_in_progress",
        order_now: "charge_in_progress",
        // Only the provider knows, perhaps for long: that holds nobody back.
        cancel: cycle_status === "unknown" ? "allowed" : "charge_in_progress",
        pause: cycle_status === "unknown" ? "allowed" : "charge_in_progress",
      })
      expect(refusals({ status: "past_due", cycle_status }).retry_payment).toBe(
        "charge_in_progress"
      )
      expect(refusals({ status: "paused", cycle_status }).resume).toBe(
        "charge_in_progress"
      )
    }
  )

  it.each(["retry_scheduled", "action_required", "uncollectible"] as const)(
    "lets a customer pay what is %s",
    (cycle_status) => {
      expect(allowed({ status: "past_due", cycle_status })).toContain(
        "retry_payment"
      )
      expect(refusals({ cycle_status }).skip).toBe("no_next_charge")
    }
  )

  it("has nothing to pay where nothing failed", () => {
    expect(refusals({ status: "past_due" }).retry_payment).toBe(
      "nothing_to_pay"
    )
  })

  it("leaves a parked subscription to the store", () => {
    const parked = { is_parked: true }
    expect(refusals(parked)).toMatchObject({
      skip: "parked",
      cancel: "allowed",
    })
    expect(refusals({ ...parked, status: "paused" }).resume).toBe("parked")
    expect(
      refusals({
        ...parked,
        status: "past_due",
        cycle_status: "retry_scheduled",
      }).retry_payment
    ).toBe("parked")
  })
})
