import {
  daysUntil,
  remindAt,
  reminderDays,
  shortestPeriod,
  type ComingCharge,
} from "../domain/reminder-date"
import { isNoticed } from "../domain/notices"

const charge = (values: Partial<ComingCharge> = {}): ComingCharge => ({
  interval: "month",
  interval_count: 1,
  reminder_days: null,
  status: "active",
  started_at: new Date("2026-01-31T10:00:00Z"),
  next_attempt_at: new Date("2026-02-28T10:00:00Z"),
  reminded_at: null,
  ...values,
})
const at = (values: Partial<ComingCharge> = {}) =>
  remindAt(charge(values))?.toISOString() ?? null

describe("reminderDays", () => {
  it.each([
    ["day", 1, 0],
    ["day", 365, 0],
    ["week", 1, 0],
    ["week", 52, 0],
    ["month", 1, 3],
    ["month", 5, 3],
    ["month", 6, 7],
    ["month", 12, 7],
    ["year", 1, 7],
    ["year", 2, 7],
  ] as const)("without a choice: every %s × %i → %i", (...rhythm) => {
    const [interval, interval_count, days] = rhythm
    expect(
      reminderDays({ interval, interval_count, reminder_days: null })
    ).toBe(days)
  })

  it.each([0, 1, 14])("is what the plan says: %i", (days) => {
    for (const interval of ["day", "month", "year"] as const) {
      expect(
        reminderDays({ interval, interval_count: 30, reminder_days: days })
      ).toBe(days)
    }
  })
})

describe("remindAt", () => {
  it("is so many days before the charge", () => {
    expect(at()).toBe("2026-02-25T10:00:00.000Z")
    expect(at({ reminder_days: 10 })).toBe("2026-02-18T10:00:00.000Z")
    expect(
      at({
        interval: "year",
        next_attempt_at: new Date("2027-01-31T10:00:00Z"),
      })
    ).toBe("2027-01-24T10:00:00.000Z")
  })

  it("is never where the plan wants none, or it was sent for this charge", () => {
    expect(at({ reminder_days: 0 })).toBeNull()
    expect(at({ interval: "week" })).toBeNull()
    expect(at({ reminded_at: new Date("2026-02-25T10:00:00Z") })).toBeNull()
  })

  it("announces the end of a trial whatever the plan says", () => {
    for (const reminder_days of [null, 0, 14]) {
      expect(at({ status: "trialing", reminder_days, interval: "week" })).toBe(
        "2026-02-25T10:00:00.000Z"
      )
    }
  })

  it("says nothing to who has just bought", () => {
    const started_at = new Date("2026-02-25T10:00:00Z")
    expect(at({ started_at })).toBeNull()
    expect(at({ started_at, status: "trialing" })).toBeNull()
    expect(at({ started_at: new Date("2026-02-25T09:59:59Z") })).not.toBeNull()
  })
})

describe("daysUntil", () => {
  const charged = new Date("2026-02-28T10:00:00Z")
  it.each([
    ["2026-02-25T10:00:00Z", 3],
    ["2026-02-25T10:14:00Z", 3],
    ["2026-02-25T22:01:00Z", 2],
    ["2026-02-27T09:00:00Z", 1],
    ["2026-02-28T09:00:00Z", 0],
    ["2026-03-02T09:00:00Z", 0],
  ])("from %s: %i", (now, days) => {
    expect(daysUntil(charged, new Date(now))).toBe(days)
  })
})

it("knows how short a period can be", () => {
  expect(shortestPeriod({ interval: "month", interval_count: 2 })).toBe(56)
  expect(shortestPeriod({ interval: "week", interval_count: 2 })).toBe(14)
})

it("tells customers of what concerns them, and of nothing else", () => {
  expect(isNoticed("renewed")).toBe(true)
  for (const type of ["unpriceable", "waiting_for_stock", "parked", "held"]) {
    expect(isNoticed(type)).toBe(false)
  }
})
