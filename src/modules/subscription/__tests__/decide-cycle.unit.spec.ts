import { decideCycle } from "../domain/decide-cycle"
import { nextRetryAt } from "../domain/retry-schedule"
import type { BillingSubscription, CycleRow } from "../domain/billing"

const now = new Date("2026-02-28T10:00:00Z")

function subscription(
  changes: Partial<Omit<BillingSubscription, "plan">> & {
    plan?: Partial<BillingSubscription["plan"]>
  } = {}
): BillingSubscription {
  const { plan, ...rest } = changes
  return {
    status: "active",
    max_cycles: null,
    paid_cycles: 1,
    cancel_at_period_end: false,
    parked_at: null,
    last_charged_at: null,
    anchor_at: new Date("2026-01-31T10:00:00Z"),
    anchor_day_of_month: null,
    timezone: "UTC",
    interval: "month",
    interval_count: 1,
    ...rest,
    plan: { missed_period_policy: "charge_current", ...plan },
  } as BillingSubscription
}

const cycle = { period_index: 1, quote: null } as CycleRow
const decide = (
  one: BillingSubscription,
  options: { now?: Date; safetyHours?: number; cycle?: CycleRow } = {}
) =>
  decideCycle(one, options.cycle ?? cycle, {
    now: options.now ?? now,
    safetyHours: options.safetyHours ?? 20,
  })

describe("a due cycle", () => {
  it.each(["incomplete", "trialing", "active", "past_due"] as const)(
    "is charged while the subscription is %s",
    (status) => {
      expect(decide(subscription({ status })).action).toBe("charge")
    }
  )

  it("ends a subscription that was to end with its period", () => {
    expect(decide(subscription({ cancel_at_period_end: true }))).toEqual({
      action: "end",
      subscription_status: "canceled",
    })
    expect(decide(subscription({ status: "canceled" })).action).toBe("end")
  })

  it("ends a subscription whose periods are used up", () => {
    expect(
      decide(subscription({ max_cycles: 3, paid_cycles: 3 }))
    ).toMatchObject({ action: "end", subscription_status: "expired" })
    expect(decide(subscription({ max_cycles: 3, paid_cycles: 2 })).action).toBe(
      "charge"
    )
    expect(decide(subscription({ status: "expired" })).action).toBe("end")
  })

  it("waits while the subscription is paused or parked", () => {
    expect(decide(subscription({ status: "paused" })).action).toBe("hold")
    expect(decide(subscription({ parked_at: now })).action).toBe("hold")
  })

  it.each([
    ["an hour after a charge", "2026-02-28T09:00:00Z", "park"],
    [
      "a charge in the future, the clock was set back",
      "2026-03-01T00:00:00Z",
      "park",
    ],
    ["twenty hours after a charge", "2026-02-27T14:00:00Z", "charge"],
  ])("%s", (_, last, action) => {
    expect(
      decide(subscription({ last_charged_at: new Date(last) })).action
    ).toBe(action)
  })

  it("is not parked without a bound, nor where each missed period is charged", () => {
    const last_charged_at = now
    expect(
      decide(subscription({ last_charged_at }), { safetyHours: 0 }).action
    ).toBe("charge")
    expect(
      decide(
        subscription({
          last_charged_at,
          plan: { missed_period_policy: "charge_each" },
        })
      ).action
    ).toBe("charge")
  })

  it("charges the current period after a stop, or each missed one", () => {
    const late = new Date("2026-05-10T00:00:00Z")
    expect(decide(subscription(), { now: late })).toMatchObject({
      period_index: 3,
      period_start: new Date("2026-04-30T10:00:00Z"),
      period_end: new Date("2026-05-31T10:00:00Z"),
    })
    expect(
      decide(subscription({ plan: { missed_period_policy: "charge_each" } }), {
        now: late,
      })
    ).toMatchObject({ period_index: 1 })
  })

  it("keeps the period that it was priced for", () => {
    const priced = { ...cycle, quote: {} } as CycleRow
    expect(
      decide(subscription(), {
        now: new Date("2026-05-10T00:00:00Z"),
        cycle: priced,
      })
    ).toMatchObject({ period_index: 1 })
  })
})

describe("the retries of a declined charge", () => {
  const input = {
    retryDays: [1, 3, 5],
    firstDeclinedAt: now,
    now,
    isFinal: false,
  }

  it.each([
    [1, "2026-03-01T10:00:00Z"],
    [2, "2026-03-03T10:00:00Z"],
    [3, "2026-03-05T10:00:00Z"],
  ])("counts decline %i from the first one", (declines, at) => {
    expect(nextRetryAt({ ...input, declines })).toEqual(new Date(at))
  })

  it("keeps the days between the tries where a date has passed", () => {
    const late = new Date("2026-03-10T10:00:00Z")
    expect(nextRetryAt({ ...input, declines: 2, now: late })).toEqual(
      new Date("2026-03-12T10:00:00Z")
    )
  })

  it("ends after the last, and at once where no retry can help", () => {
    expect(nextRetryAt({ ...input, declines: 4 })).toBeNull()
    expect(nextRetryAt({ ...input, declines: 1, isFinal: true })).toBeNull()
  })
})
