/**
 * Properties of the calendar. What is expected comes from whole-number
 * arithmetic and from `Intl`, not from the library that the calendar uses.
 */
import fc from "fast-check"
import {
  billingDate,
  firstAnchoredDate,
  nextAfter,
  period,
  schedule,
  type BillingInterval,
  type BillingRule,
} from "../calendar"

const DAY = 86_400_000
const ZONES = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])]
const FIRST = Date.UTC(1970, 0, 2)
const LAST = Date.UTC(2100, 0, 1)

const interval = fc.constantFrom<BillingInterval>(
  "day",
  "week",
  "month",
  "year"
)
const instant = fc
  .integer({ min: FIRST / 1000, max: LAST / 1000 })
  .map((seconds) => new Date(seconds * 1000))
const rule = fc.record({
  anchor: instant,
  timezone: fc.constantFrom(...ZONES),
  interval,
  interval_count: fc.integer({ min: 1, max: 52 }),
})
const n = fc.integer({ min: 0, max: 130 })

const formats = new Map<string, Intl.DateTimeFormat>()

/** What a wall clock in the zone shows: [y, m, d, h, min, s]. */
function wallClock(date: Date, timeZone: string): number[] {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-CA-u-hc-h23", {
      timeZone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
  formats.set(timeZone, format)
  return format
    .formatToParts(date)
    .filter(({ type }) => type !== "literal")
    .map(({ value }) => Number(value))
}

function monthLength(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2
    ? leap
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31
}

/** The wall clock that date n should show, as UTC milliseconds. */
function expectedWallClock(input: BillingRule<Date>, index: number): number {
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = wallClock(
    input.anchor,
    input.timezone
  )
  const steps = index * input.interval_count
  if (input.interval === "day" || input.interval === "week") {
    const days = input.interval === "day" ? steps : steps * 7
    return Date.UTC(y, m - 1, d, h, min, s) + days * DAY
  }
  const months = m - 1 + (input.interval === "month" ? steps : steps * 12)
  const year = y + Math.floor(months / 12)
  const month = (months % 12) + 1
  const day = Math.min(d, monthLength(year, month))
  return Date.UTC(year, month - 1, day, h, min, s)
}

function shownAs(date: Date, timeZone: string): number {
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = wallClock(date, timeZone)
  return Date.UTC(y, m - 1, d, h, min, s)
}

describe("billing dates", () => {
  it("show the anchor's day, clamped, and time, unless the zone skips it", () => {
    fc.assert(
      fc.property(rule, n, (input, index) => {
        const date = billingDate({ ...input, n: index })
        const expected = expectedWallClock(input, index)
        const shown = shownAs(date, input.timezone)
        if (shown !== expected) {
          // Only a skipped time differs: no instant nearby shows it.
          expect(shown).toBeGreaterThan(expected)
          for (let offset = -15 * 60; offset <= 15 * 60; offset += 15) {
            const near = new Date(expected + offset * 60_000)
            expect(shownAs(near, input.timezone)).not.toBe(expected)
          }
        }
      }),
      { numRuns: 3000 }
    )
  })

  it("hold in every zone from 1970 to 2100, every quarter", () => {
    for (const timezone of ZONES) {
      const input = {
        anchor: new Date("1970-01-31T02:30:00Z"),
        timezone,
        interval: "month" as const,
        interval_count: 3,
      }
      const dates = schedule({ ...input, from: 0, count: 521 })
      const off = dates.filter((date, index) => {
        const expected = expectedWallClock(input, index)
        return Math.abs(shownAs(date, timezone) - expected) > 3_600_000
      })
      expect({ timezone, off }).toEqual({ timezone, off: [] })
      expect(isIncreasing(dates.map(Number))).toBe(true)
    }
  })

  it("show the same day of the year in every zone, for a day as anchor", () => {
    fc.assert(
      fc.property(rule, n, (input, index) => {
        const anchor = input.anchor.toISOString().slice(0, 10)
        const utc = { ...input, timezone: "UTC", anchor: new Date(anchor) }
        const expected = new Date(expectedWallClock(utc, index))
        expect(billingDate({ ...input, anchor, n: index })).toBe(
          expected.toISOString().slice(0, 10)
        )
      })
    )
  })

  it("are the anchor itself for n = 0", () => {
    fc.assert(
      fc.property(rule, (input) => {
        expect(billingDate({ ...input, n: 0 })).toEqual(input.anchor)
      })
    )
  })

  it("strictly increase, in periods that touch", () => {
    fc.assert(
      fc.property(rule, n, (input, index) => {
        const { start, end } = period({ ...input, n: index })
        expect(start.getTime()).toBeLessThan(end.getTime())
        expect(period({ ...input, n: index + 1 }).start).toEqual(end)
      })
    )
  })

  it("do not depend on which dates were computed before", () => {
    fc.assert(
      fc.property(
        rule,
        n,
        fc.integer({ min: 1, max: 9 }),
        (input, from, count) => {
          expect(schedule({ ...input, from, count })).toEqual(
            Array.from({ length: count }, (_, i) =>
              billingDate({ ...input, n: from + i })
            )
          )
        }
      ),
      { numRuns: 300 }
    )
  })

  it("do not drift: k steps of c are one step of k × c", () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 19 }), (input, k) => {
        expect(billingDate({ ...input, n: k })).toEqual(
          billingDate({
            ...input,
            interval_count: input.interval_count * Math.max(k, 1),
            n: k && 1,
          })
        )
      })
    )
  })

  it("are the same for an instant as text", () => {
    fc.assert(
      fc.property(rule, n, (input, index) => {
        const anchor = input.anchor.toISOString()
        expect(billingDate({ ...input, anchor, n: index })).toBe(
          billingDate({ ...input, n: index }).toISOString()
        )
      })
    )
  })
})

describe("nextAfter", () => {
  it("finds the date after any instant", () => {
    fc.assert(
      fc.property(rule, instant, (input, after) => {
        const index = nextAfter({ ...input, after })
        expect(billingDate({ ...input, n: index }) > after).toBe(true)
        if (index > 0) {
          expect(billingDate({ ...input, n: index - 1 }) <= after).toBe(true)
        }
      }),
      { numRuns: 1000 }
    )
  })

  it("is the inverse of billingDate", () => {
    fc.assert(
      fc.property(rule, n, (input, index) => {
        const at = billingDate({ ...input, n: index })
        expect(nextAfter({ ...input, after: at })).toBe(index + 1)
        const before = new Date(at.getTime() - 1)
        expect(nextAfter({ ...input, after: before })).toBe(index)
      })
    )
  })
})

describe("firstAnchoredDate", () => {
  const purchase = fc.record({
    from: instant,
    timezone: fc.constantFrom(...ZONES),
  })

  it("is on the weekday, within a week, not before the purchase", () => {
    fc.assert(
      fc.property(
        purchase,
        fc.integer({ min: 1, max: 7 }),
        (input, weekday) => {
          const date = firstAnchoredDate({ ...input, weekday })
          const shown = shownAs(date, input.timezone)
          expect(new Date(shown).getUTCDay()).toBe(weekday % 7)
          expect(date.getTime()).toBeGreaterThanOrEqual(input.from.getTime())
          expect(date.getTime() - input.from.getTime()).toBeLessThan(7 * DAY)
        }
      ),
      { numRuns: 1000 }
    )
  })

  it("starts a schedule on the day of the month that stays there", () => {
    fc.assert(
      fc.property(
        purchase,
        fc.integer({ min: 1, max: 31 }),
        n,
        ({ from, timezone }, day, index) => {
          const anchor = firstAnchoredDate({
            from,
            timezone,
            day_of_month: day,
          })
          expect(anchor.getTime()).toBeGreaterThanOrEqual(from.getTime())
          expect(anchor.getTime() - from.getTime()).toBeLessThan(32 * DAY)
          const date = billingDate({
            anchor,
            timezone,
            interval: "month",
            interval_count: 1,
            day_of_month: day,
            n: index,
          })
          const [y = 0, m = 0, d] = wallClock(date, timezone)
          expect(d).toBe(Math.min(day, monthLength(y, m)))
        }
      ),
      { numRuns: 1000 }
    )
  })
})

function isIncreasing(values: number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? value))
}
