import { cyclePeriod } from "../domain/billing-schedule"
import type { BillingSubscription, CycleRow } from "../domain/billing"
import { termsPatch, withPendingChange } from "../domain/change/terms"
import { versionOf } from "../domain/change/version"

const monthly = {
  id: "sub_1",
  status: "active",
  plan_id: "plan_month",
  interval: "month",
  interval_count: 1,
  anchor_at: new Date("2026-01-31T10:00:00Z"),
  anchor_day_of_month: null,
  anchor_index: 0,
  timezone: "UTC",
  paid_cycles: 2,
  min_cycles: null,
  max_cycles: null,
  items: [{ id: "subi_1", quantity: 1 }],
  pending_change: null,
  pending_plan: null,
} as unknown as BillingSubscription

const yearly = {
  plan_id: "plan_year",
  interval: "year" as const,
  interval_count: 1,
  term: null,
  items: [],
}
const next = {
  period_start: new Date("2026-02-28T10:00:00Z"),
  period_index: 1,
}

describe("new terms", () => {
  it("begin a rhythm at the next period and keep the day of the month", () => {
    const after = withPendingChange(
      {
        ...monthly,
        pending_change: { ...yearly, requested_at: "2026-02-10T00:00:00Z" },
      },
      next
    )
    expect(cyclePeriod(after, 1)).toEqual({
      start: new Date("2026-02-28T10:00:00Z"),
      end: new Date("2027-02-28T10:00:00Z"),
    })
    // 2028 has a 29th, which the 31st falls on.
    expect(cyclePeriod(after, 3).start).toEqual(
      new Date("2028-02-29T10:00:00Z")
    )
    expect(after.pending_change).toBeNull()
  })

  it("leave the dates alone where the rhythm is the same", () => {
    expect(
      termsPatch(
        monthly,
        { ...yearly, interval: "month" },
        { at: next.period_start, index: 1 }
      )
    ).toEqual({ plan_id: "plan_year" })
  })

  it("count a new plan's terms from now on", () => {
    const { min_cycles, max_cycles } = termsPatch(
      { ...monthly, min_cycles: 3 },
      { ...yearly, term: { min_cycles: 6, max_cycles: 12 } },
      { at: next.period_start, index: 1 }
    )
    expect({ min_cycles, max_cycles }).toEqual({
      min_cycles: 8,
      max_cycles: 14,
    })
  })

  it("are nothing where none wait", () => {
    expect(withPendingChange(monthly, next)).toBe(monthly)
  })
})

describe("the version of what figures were computed of", () => {
  const cycle = { id: "scyc_1", status: "scheduled", quote: null } as CycleRow

  it("is another one as soon as the period or the items are", () => {
    const before = versionOf(monthly, cycle)
    expect(versionOf({ ...monthly }, { ...cycle })).toBe(before)
    expect(versionOf(monthly, { ...cycle, status: "claimed" })).not.toBe(before)
    expect(versionOf({ ...monthly, items: [] }, cycle)).not.toBe(before)
    expect(versionOf(monthly, null)).not.toBe(before)
  })
})
