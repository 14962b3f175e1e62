import {
  currentPeriodIndex,
  cyclePeriod,
  newSchedule,
} from "../domain/billing-schedule"
import type { NewScheduleInput } from "../domain/billing-schedule"

const purchase: NewScheduleInput = {
  started_at: new Date("2026-01-31T10:00:00Z"),
  timezone: "UTC",
  trial_days: 0,
  interval: "month",
  interval_count: 1,
  anchor_type: "purchase",
  anchor_day: null,
}

const monthly = {
  anchor_at: purchase.started_at,
  anchor_day_of_month: null,
  timezone: "UTC",
  interval: "month" as const,
  interval_count: 1,
}

describe("the dates of a new subscription", () => {
  it("counts from the purchase, which paid the first period", () => {
    expect(newSchedule(purchase)).toEqual({
      anchor_at: new Date("2026-01-31T10:00:00Z"),
      anchor_day_of_month: null,
      period_offset: 1,
      trial_ends_at: null,
      initial_period: {
        start: new Date("2026-01-31T10:00:00Z"),
        end: new Date("2026-02-28T10:00:00Z"),
      },
    })
  })

  it("charges first when the trial ends, at the same local time of day", () => {
    const schedule = newSchedule({
      ...purchase,
      started_at: new Date("2026-03-20T23:30:00Z"),
      timezone: "Europe/Berlin",
      trial_days: 14,
    })
    // 00:30 in Berlin, before and after the clocks go forward.
    expect(schedule).toMatchObject({
      anchor_at: new Date("2026-04-03T22:30:00Z"),
      trial_ends_at: new Date("2026-04-03T22:30:00Z"),
      period_offset: 0,
    })
  })

  it("keeps the 31st as billing day although February is first", () => {
    const schedule = newSchedule({
      ...purchase,
      started_at: new Date("2026-02-10T10:00:00Z"),
      anchor_type: "day_of_month",
      anchor_day: 31,
    })
    expect(schedule).toMatchObject({
      anchor_at: new Date("2026-02-28T10:00:00Z"),
      anchor_day_of_month: 31,
      period_offset: 0,
      trial_ends_at: null,
    })
    expect(cyclePeriod({ ...monthly, ...schedule }, 1).start).toEqual(
      new Date("2026-03-31T10:00:00Z")
    )
  })

  it("lets checkout pay from the billing day where it is the purchase's", () => {
    expect(
      newSchedule({ ...purchase, anchor_type: "day_of_month", anchor_day: 31 })
    ).toMatchObject({ period_offset: 1, anchor_at: purchase.started_at })
  })

  it("finds the weekday on or after the purchase", () => {
    // 31 January 2026 is a Saturday.
    expect(
      newSchedule({
        ...purchase,
        interval: "week",
        anchor_type: "day_of_week",
        anchor_day: 1,
      })
    ).toMatchObject({
      anchor_at: new Date("2026-02-02T10:00:00Z"),
      anchor_day_of_month: null,
    })
  })

  it("lets a trial go on to the fixed billing day", () => {
    expect(
      newSchedule({
        ...purchase,
        trial_days: 7,
        anchor_type: "day_of_month",
        anchor_day: 15,
      })
    ).toMatchObject({
      trial_ends_at: new Date("2026-02-15T10:00:00Z"),
      anchor_at: new Date("2026-02-15T10:00:00Z"),
    })
  })
})

describe("the period to charge", () => {
  it.each([
    ["when it is due", "2026-02-28T10:00:00Z", 1],
    ["before it is due", "2026-02-01T10:00:00Z", 1],
    [
      "at the end of its period, which is the next one's start",
      "2026-03-31T10:00:00Z",
      2,
    ],
    ["a moment before that", "2026-03-31T09:59:59Z", 1],
    ["after months without a run", "2026-07-04T00:00:00Z", 5],
  ])("%s", (_, now, index) => {
    expect(currentPeriodIndex(monthly, 1, new Date(now))).toBe(index)
  })
})
