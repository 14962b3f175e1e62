import fc from "fast-check"
import { CUSTOMER_ACTIONS } from "../../../types/subscription"
import type { CycleQuote } from "../../../types/quote"
import type { ActionContext } from "../domain/actions/action-context"
import { pause } from "../domain/actions/pause"
import { reschedule } from "../domain/actions/reschedule"
import { resume, resumeOnDate } from "../domain/actions/resume"
import { skip, unskip } from "../domain/actions/skip"
import type { SubscriptionChange } from "../domain/actions/subscription-change"
import { billingDateOf, cyclePeriod } from "../domain/billing-schedule"
import type { BillingSubscription, CycleRow } from "../domain/billing"

const DAY = 24 * 60 * 60 * 1000
const ANCHOR = new Date("2026-01-31T10:00:00Z")

type Facts = {
  now: Date
  status?: BillingSubscription["status"]
  interval?: BillingSubscription["interval"]
  timezone?: string
  index?: number
  cycle?: Partial<CycleRow>
  resumes_at?: Date | null
  missed?: BillingSubscription["plan"]["missed_period_policy"]
}

function contextOf({ now, ...facts }: Facts): ActionContext {
  const subscription = {
    id: "sub_1",
    status: facts.status ?? "active",
    anchor_at: ANCHOR,
    anchor_day_of_month: null,
    timezone: facts.timezone ?? "UTC",
    interval: facts.interval ?? "month",
    interval_count: 1,
    cancel_at_period_end: false,
    parked_at: null,
    resumes_at: facts.resumes_at ?? null,
    last_charged_at: null,
    plan: {
      action_limits: null,
      missed_period_policy: facts.missed ?? "charge_current",
      customer_actions: Object.fromEntries(
        CUSTOMER_ACTIONS.map((action) => [action, true])
      ),
    },
  } as unknown as BillingSubscription
  const index = facts.index ?? 1
  const { start, end } = cyclePeriod(subscription, index)
  return {
    subscription,
    cycle: {
      id: "scyc_1",
      sequence: index,
      period_index: index,
      status: "scheduled",
      period_start: start,
      period_end: end,
      due_at: start,
      next_attempt_at: start,
      quote: null,
      ...facts.cycle,
    } as CycleRow,
    skipped: [],
    change: null,
    actor: { type: "customer", id: "cus_1" },
    now,
    safetyHours: 20,
  }
}

/** The cycle that is open after a change, and how many periods it can charge. */
function openAfter(context: ActionContext, change: SubscriptionChange) {
  const added = change.cycles?.flatMap((one) => ("add" in one ? [one.add] : []))
  const set = change.cycles?.flatMap((one) => ("set" in one ? [one.set] : []))
  const last = added?.at(-1) ?? { ...context.cycle, ...set?.at(-1) }
  return last
}

const moments = fc.date({
  min: new Date("2026-02-01T00:00:00Z"),
  max: new Date("2034-01-01T00:00:00Z"),
  noInvalidDate: true,
})
const intervals = fc.constantFrom("day", "week", "month", "year" as const)
const zones = fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata")

describe("resume", () => {
  it("charges the running period or waits for the next, never an old one", () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 1, max: 20 }),
        intervals,
        zones,
        fc.constantFrom("now", "next_period" as const),
        fc.constantFrom("charge_current", "charge_each" as const),
        (now, index, interval, timezone, charge, missed) => {
          const context = contextOf({
            now,
            status: "paused",
            index,
            interval: interval,
            timezone,
            missed,
          })
          const change = resume(context, { charge: charge })
          const open = openAfter(context, change)
          const period = cyclePeriod(
            context.subscription,
            open.period_index ?? -1
          )
          // It is the period that runs, or one that has not begun.
          expect(period.end > now).toBe(true)
          expect(open.due_at! >= now || open.due_at! >= period.start).toBe(true)
          expect(open.next_attempt_at).toEqual(open.due_at)
          // The charge lies within the period that it pays.
          expect(open.due_at! < period.end).toBe(true)
          if (charge === "next_period" && change.charge_now) {
            // Only where a period starts at this very moment.
            expect(period.start.getTime()).toBeLessThanOrEqual(now.getTime())
            expect(open.due_at).toEqual(now)
          }
        }
      ),
      { numRuns: 500 }
    )
  })

  it("gives a failed charge up where its period is over", () => {
    const context = contextOf({
      now: new Date("2026-06-10T12:00:00Z"),
      status: "paused",
      cycle: { status: "uncollectible", quote: {} as CycleQuote },
    })
    expect(resume(context, { charge: "now" }).cycles).toEqual([
      {
        id: "scyc_1",
        set: { status: "canceled", next_attempt_at: null },
      },
      {
        add: expect.objectContaining({
          sequence: 2,
          status: "scheduled",
          period_index: 4,
          due_at: context.now,
        }) as object,
      },
    ])
  })

  it("tries a failed charge again where its period still runs", () => {
    const context = contextOf({
      now: new Date("2026-03-10T12:00:00Z"),
      status: "paused",
      cycle: { status: "action_required", quote: {} as CycleQuote },
    })
    expect(resume(context, { charge: "now" })).toMatchObject({
      charge_now: true,
      cycles: [
        {
          id: "scyc_1",
          set: { status: "retry_scheduled", next_attempt_at: context.now },
        },
      ],
    })
  })
})

describe("a pause with a date", () => {
  it("resumes at the same charge, however late the job runs", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 400 }),
        (days, late) => {
          const start = contextOf({ now: new Date("2026-02-10T09:00:00Z") })
          const until = new Date(start.now.getTime() + days * DAY)
          const paused = pause(start, { until })
          expect(paused.subscription?.resumes_at).toEqual(until)
          const later = contextOf({
            now: new Date(until.getTime() + late * DAY),
            status: "paused",
            resumes_at: until,
          })
          const { due_at } = openAfter(later, resumeOnDate(later))
          expect(due_at!.getTime()).toBeGreaterThanOrEqual(until.getTime())
          const onTime = contextOf({
            now: until,
            status: "paused",
            resumes_at: until,
          })
          expect(due_at).toEqual(openAfter(onTime, resumeOnDate(onTime)).due_at)
        }
      )
    )
  })

  it("leaves out as many periods as are asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (cycles) => {
        const context = contextOf({ now: new Date("2026-02-10T09:00:00Z") })
        expect(pause(context, { cycles }).subscription?.resumes_at).toEqual(
          billingDateOf(context.subscription, 1 + cycles)
        )
      })
    )
  })
})

describe("skip and unskip", () => {
  it("keeps sequence and period in step, and takes all of it back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), (cycles) => {
        const context = contextOf({ now: new Date("2026-02-10T09:00:00Z") })
        const added = skip(context, { cycles }).cycles?.flatMap((one) =>
          "add" in one ? [one.add] : []
        )
        expect(added).toHaveLength(cycles)
        added?.forEach((cycle, n) => {
          expect(cycle.sequence).toBe(2 + n)
          expect(cycle.period_start).toEqual(
            billingDateOf(context.subscription, 2 + n)
          )
          expect(cycle.status).toBe(n === cycles - 1 ? "scheduled" : "skipped")
        })
        const rows = [context.cycle, ...(added ?? [])].map(
          (cycle, n) =>
            ({ ...context.cycle, ...cycle, id: `scyc_${n}` }) as CycleRow
        )
        const open = rows.at(-1) ?? null
        const back = unskip({
          ...context,
          cycle: open,
          skipped: rows
            .slice(0, -1)
            .map((row) => ({ ...row, status: "skipped" as const })),
        })
        expect(back.cycles?.at(-1)).toEqual({
          id: "scyc_0",
          set: {
            status: "scheduled",
            due_at: context.cycle?.period_start,
            next_attempt_at: context.cycle?.period_start,
          },
        })
        expect(back.cycles).toHaveLength(cycles + 1)
      })
    )
  })
})

describe("reschedule", () => {
  it("keeps the local time of day over a change of the clocks", () => {
    const context = contextOf({
      now: new Date("2026-03-01T12:00:00Z"),
      index: 2,
      timezone: "America/New_York",
    })
    // 05:00 in New York, before and after the change of 8 March.
    expect(reschedule(context, { date: "2026-03-07" }).cycles).toMatchObject([
      { set: { due_at: new Date("2026-03-07T10:00:00Z") } },
    ])
    expect(reschedule(context, { date: "2026-03-20" }).cycles).toMatchObject([
      { set: { due_at: new Date("2026-03-20T09:00:00Z") } },
    ])
  })

  it("stays between the charges around it", () => {
    fc.assert(
      fc.property(moments, (date) => {
        const context = contextOf({ now: new Date("2026-02-10T09:00:00Z") })
        try {
          const { cycles } = reschedule(context, { date: date.toISOString() })
          expect(cycles).toHaveLength(1)
          expect(date >= context.now).toBe(true)
          expect(
            date.getTime() + 20 * 60 * 60 * 1000 <=
              (context.cycle?.period_end.getTime() ?? 0)
          ).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: "action_out_of_bounds" })
        }
      })
    )
  })
})
