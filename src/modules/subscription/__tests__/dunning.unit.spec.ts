import fc from "fast-check"
import type { DunningPolicy } from "../../../types/dunning"
import {
  addDays,
  afterDecline,
  dunningEndsAt,
  dunningIssues,
  dunningOf,
  isBlocked,
  plumbingRetryAt,
} from "../domain/dunning"
import { dunningView, type FailedCharge } from "../domain/dunning-view"

const first = new Date("2026-02-28T10:00:00Z")
const day = (count: number) => addDays(first, count)

const DEFAULTS = {
  retryDays: [1, 3, 5, 7],
  graceDays: 7,
  actionRequiredDays: 3,
  afterLastRetry: "past_due",
} as const

describe("the policy of a plan", () => {
  it("is the options' where the plan says nothing", () => {
    expect(dunningOf({ dunning: null }, DEFAULTS)).toEqual({
      retry_days: [1, 3, 5, 7],
      grace_days: 7,
      action_required_days: 3,
      at_end: "unpaid",
    })
  })

  it("is the plan's in what it says, an empty list included", () => {
    const dunning = { retry_days: [], at_end: "pause" as const }
    expect(dunningOf({ dunning }, DEFAULTS)).toMatchObject({
      retry_days: [],
      grace_days: 7,
      at_end: "pause",
    })
  })

  it.each<[string, Partial<DunningPolicy>]>([
    ["dunning.retry_days.0", { retry_days: [0] }],
    ["dunning.retry_days.1", { retry_days: [3, 3] }],
    ["dunning.retry_days.1", { retry_days: [1, 91] }],
    ["dunning.retry_days.0", { retry_days: [1.5] }],
    ["dunning.retry_days", { retry_days: Array<number>(15).fill(1) }],
    ["dunning.grace_days", { grace_days: 366 }],
    ["dunning.action_required_days", { action_required_days: 0 }],
    ["dunning.at_end", { at_end: "forget" as "pause" }],
  ])("has a wrong %s", (path, dunning) => {
    expect(dunningIssues(dunning).map((issue) => issue.path)).toContain(path)
  })

  it.each([null, {}, { retry_days: [] }, { retry_days: [1, 2, 90] }])(
    "may be %j",
    (dunning) => {
      expect(dunningIssues(dunning)).toEqual([])
    }
  )
})

describe("after a decline", () => {
  const policy = { retry_days: [1, 3], at_end: "cancel" as const }
  const facts = { declines: 1, first_failed_at: first, now: first }

  it("comes the next of the days, and after the last the end", () => {
    const soft = { ...facts, is_final: false }
    expect(afterDecline(policy, soft)).toEqual({ kind: "retry", at: day(1) })
    expect(afterDecline(policy, { ...soft, declines: 2, now: day(1) })).toEqual(
      { kind: "retry", at: day(3) }
    )
    expect(afterDecline(policy, { ...soft, declines: 3, now: day(3) })).toEqual(
      { kind: "end" }
    )
  })

  it("that somebody asked for, the days stay", () => {
    // Two days after the first, one planned try was declined, this one was not planned.
    expect(
      afterDecline(policy, { ...facts, declines: 0, is_final: false })
    ).toEqual({ kind: "retry", at: day(1) })
  })

  it("that is hard, nothing is tried, and the end waits for another card", () => {
    const hard = { ...facts, is_final: true }
    expect(afterDecline(policy, hard)).toEqual({
      kind: "stop",
      ends_at: day(3),
    })
    expect(afterDecline(policy, { ...hard, now: day(3) })).toEqual({
      kind: "end",
    })
    expect(afterDecline({ ...policy, at_end: "unpaid" }, hard)).toEqual({
      kind: "end",
    })
    expect(afterDecline({ ...policy, retry_days: [] }, hard)).toEqual({
      kind: "end",
    })
  })

  it("no date ever lies in the past, and the tries end", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 14 }),
        fc.array(fc.integer({ min: 0, max: 40 }), {
          minLength: 20,
          maxLength: 20,
        }),
        (days, delays) => {
          const retry_days = [...days].sort((a, b) => a - b)
          let now = first
          let tries = 0
          for (const delay of delays) {
            tries += 1
            const next = afterDecline(
              { retry_days, at_end: "unpaid" },
              { declines: tries, first_failed_at: first, now, is_final: false }
            )
            if (next.kind !== "retry") {
              break
            }
            expect(next.at.getTime()).toBeGreaterThan(now.getTime())
            now = addDays(next.at, delay)
          }
          expect(tries).toBe(retry_days.length + 1)
        }
      )
    )
  })
})

describe("trouble on the way to the provider", () => {
  it("is tried again by minutes, twice as late each time, up to four hours", () => {
    const minutes = [0, 1, 2, 3, 4, 5, 6, 100].map(
      (failures) =>
        (plumbingRetryAt(failures, first).getTime() - first.getTime()) / 60_000
    )
    expect(minutes).toEqual([0, 5, 10, 20, 40, 80, 160, 240])
  })
})

describe("a payment method that was refused for good", () => {
  it.each<[string | null, string | null, boolean]>([
    ["pm_1", "pm_1", true],
    ["pm_1", "pm_2", false],
    ["", null, true],
    ["", "pm_1", false],
    [null, "pm_1", false],
    [null, null, false],
  ])("%j and now %j: %s", (blocked_method, payment_method_id, blocked) => {
    expect(isBlocked({ blocked_method }, { payment_method_id })).toBe(blocked)
  })
})

describe("what a page shows", () => {
  const policy = dunningOf({ dunning: { at_end: "cancel" } }, DEFAULTS)
  const row: FailedCharge = {
    cycle_status: "retry_scheduled",
    cycle_failure_code: "insufficient_funds",
    cycle_next_attempt_at: day(3),
    cycle_blocked_method: null,
    payment_method_id: "pm_1",
    declines: 2,
    first_failed_at: first,
  }

  it("is the next try and those after it", () => {
    expect(dunningView(row, policy)).toEqual({
      failure_code: "insufficient_funds",
      first_failed_at: first,
      next_try_at: day(3),
      tries_left: 3,
      action_until: null,
      ends_at: null,
      at_end: "cancel",
    })
  })

  it("is no try with a card that was refused for good, but the end", () => {
    const end = dunningEndsAt(policy, first)
    const blocked = {
      ...row,
      cycle_blocked_method: "pm_1",
      cycle_next_attempt_at: end,
    }
    expect(dunningView(blocked, policy)).toMatchObject({
      next_try_at: null,
      tries_left: 0,
      ends_at: day(7),
    })
  })

  it("is the time for the bank's confirmation, with all tries after it", () => {
    expect(
      dunningView(
        { ...row, cycle_status: "action_required", declines: 0 },
        policy
      )
    ).toMatchObject({ next_try_at: null, tries_left: 4, action_until: day(3) })
  })

  it.each(["scheduled", "charging", "completed", null] as const)(
    "is nothing for a period that is %s",
    (cycle_status) => {
      expect(dunningView({ ...row, cycle_status }, policy)).toBeNull()
    }
  )
})
