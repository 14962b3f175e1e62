import {
  billingDate,
  nextAfter,
  period,
  schedule,
  type BillingInterval,
  type BillingMoment,
  type BillingRule,
} from "../calendar"
import published from "./cases/billing-dates.json"

const monthly = {
  timezone: "UTC",
  interval: "month" as const,
  interval_count: 1,
}

describe("published billing dates (B17)", () => {
  it.each(
    published.map((one) => ({
      ...one,
      interval: one.interval as BillingInterval,
    }))
  )(
    "$anchor + $n × $interval_count $interval in $timezone is $expected ($source)",
    ({ expected, ...input }) => {
      expect(billingDate(input)).toBe(expected)
      const instant = `${input.anchor}T12:00:00Z`
      expect(billingDate({ ...input, anchor: instant }).slice(0, 10)).toBe(
        expected
      )
    }
  )
})

describe("the form of the anchor", () => {
  it("answers a day with a day", () => {
    expect(billingDate({ ...monthly, anchor: "2024-01-31", n: 1 })).toBe(
      "2024-02-29"
    )
  })

  it("answers an instant with an instant in UTC", () => {
    expect(
      billingDate({ ...monthly, anchor: "2024-01-31T01:00:00+02:00", n: 1 })
    ).toBe("2024-02-29T23:00:00.000Z")
  })

  it("answers a Date with a Date", () => {
    const anchor = new Date("2024-01-31T10:00:00.123Z")
    expect(billingDate({ ...monthly, anchor, n: 1 })).toEqual(
      new Date("2024-02-29T10:00:00.123Z")
    )
  })

  it("counts days where the customer lives", () => {
    // 31 January in Auckland, still 30 January in UTC.
    expect(
      billingDate({
        ...monthly,
        anchor: "2023-01-30T20:00:00Z",
        timezone: "Pacific/Auckland",
        n: 1,
      })
    ).toBe("2023-02-27T20:00:00.000Z")
  })
})

describe("changes of the clocks (B18)", () => {
  const daily = {
    timezone: "Europe/Paris",
    interval: "day" as const,
    interval_count: 1,
  }

  it("keeps the local time of day", () => {
    const anchor = "2024-03-30T09:00:00Z"
    expect(billingDate({ ...daily, anchor, n: 1 })).toBe(
      "2024-03-31T08:00:00.000Z"
    )
  })

  it("moves a skipped time forward, for that day only", () => {
    const anchor = "2024-03-30T01:30:00Z"
    expect(schedule({ ...daily, anchor, count: 2 })).toEqual([
      "2024-03-31T01:30:00.000Z", // 03:30, there is no 02:30
      "2024-04-01T00:30:00.000Z", // 02:30
    ])
  })

  it("takes the first of two equal times", () => {
    const anchor = "2024-10-26T00:30:00Z"
    expect(schedule({ ...daily, anchor, count: 2 })).toEqual([
      "2024-10-27T00:30:00.000Z", // the first 02:30
      "2024-10-28T01:30:00.000Z",
    ])
  })

  it("leaves an anchor on the second of two equal times where it is", () => {
    const anchor = "2024-10-27T01:30:00Z"
    expect(schedule({ ...daily, anchor, from: 0, count: 2 })).toEqual([
      "2024-10-27T01:30:00.000Z",
      "2024-10-28T01:30:00.000Z",
    ])
  })

  it.each([
    ["Pacific/Apia", Date.UTC(2011, 11, 26)],
    ["Pacific/Kiritimati", Date.UTC(1994, 11, 26)],
    ["Pacific/Kwajalein", Date.UTC(1993, 7, 16)],
  ])(
    "keeps the order of days over the day that %s skipped",
    (timezone, day) => {
      for (let minute = 0; minute < 24 * 60; minute += 10) {
        const anchor = new Date(day + minute * 60_000)
        const dates = schedule({ ...daily, timezone, anchor, count: 10 })
        expect([...new Set(dates.map(Number))].sort()).toEqual(
          dates.map(Number)
        )
      }
    }
  )
})

describe("a fixed day of the month", () => {
  it("comes back after a short month", () => {
    const anchor = "2023-02-28"
    expect(
      schedule({ ...monthly, anchor, day_of_month: 31, from: 0, count: 4 })
    ).toEqual(["2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"])
  })

  it("holds for years", () => {
    const rule = { ...monthly, interval: "year" as const, day_of_month: 29 }
    expect(billingDate({ ...rule, anchor: "2023-02-28", n: 1 })).toBe(
      "2024-02-29"
    )
  })
})

describe("period", () => {
  it("ends where the next one starts", () => {
    const rule = { ...monthly, anchor: "2024-01-31" }
    expect(period({ ...rule, n: 0 })).toEqual({
      start: "2024-01-31",
      end: "2024-02-29",
    })
    expect(period({ ...rule, n: 1 }).start).toBe("2024-02-29")
  })
})

describe("nextAfter", () => {
  const rule = { ...monthly, anchor: "2024-01-31" }

  it.each([
    ["2020-01-01", 0],
    ["2024-01-30", 0],
    ["2024-01-31", 1],
    ["2024-02-28", 1],
    ["2024-02-29", 2],
    ["2024-03-30T23:59:59Z", 2],
    ["2024-03-31T00:00:00Z", 3],
  ])("after %s it is date %i", (after, n) => {
    expect(nextAfter({ ...rule, after })).toBe(n)
  })

  it("compares a day with instants by its local midnight", () => {
    const anchor = "2024-01-30T23:00:00Z"
    const local = { ...rule, anchor, timezone: "Europe/Paris" }
    expect(nextAfter({ ...local, after: "2024-01-30" })).toBe(0)
    expect(nextAfter({ ...local, after: "2024-01-31" })).toBe(1)
  })

  it("compares an instant with days by its local day", () => {
    const local = { ...rule, timezone: "Europe/Paris" }
    expect(nextAfter({ ...local, after: "2024-01-30T22:59:59Z" })).toBe(0)
    expect(nextAfter({ ...local, after: "2024-01-30T23:00:00Z" })).toBe(1)
  })

  it("steps back where a zone skipped into the next month", () => {
    // Kiritimati had no 31 December 1994; at 20:40Z it was 1 January.
    const anchor = "1994-11-01T06:40:00Z" // 31 October, 20:00
    const skipped = { ...rule, anchor, timezone: "Pacific/Kiritimati" }
    expect(nextAfter({ ...skipped, after: "1994-12-31T15:40:00Z" })).toBe(2)
    expect(nextAfter({ ...skipped, after: "1994-12-31T20:40:00Z" })).toBe(3)
  })
})

describe("refusals", () => {
  const rule = { ...monthly, anchor: "2024-01-31", n: 1 }

  it.each<[string, Partial<BillingRule & { n: number }>]>([
    ["timezone_unknown", { timezone: "Mars/Olympus" }],
    ["timezone_unknown", { timezone: "" }],
    ["timezone_unknown", { timezone: "+02:00" }],
    ["date_invalid", { anchor: "2024-02-30" }],
    ["date_invalid", { anchor: "2024-01-31T10:00:00" }],
    ["date_invalid", { anchor: "31 January" }],
    ["date_invalid", { anchor: "2024-01-31T25:00:00Z" }],
    ["date_invalid", { anchor: new Date(NaN) }],
    ["date_out_of_range", { anchor: "1899-12-31" }],
    ["date_out_of_range", { anchor: new Date(Date.UTC(12_000, 0)) }],
    ["date_out_of_range", { n: 100_000 }],
    ["date_out_of_range", { n: 100_000, interval_count: 1_000 }],
    ["date_out_of_range", { anchor: "2024-01-31T10:00:00Z", n: 99_999 }],
    ["billing_rule_invalid", { interval_count: 0 }],
    ["billing_rule_invalid", { interval_count: 1.5 }],
    ["billing_rule_invalid", { interval_count: 1_001 }],
    ["billing_rule_invalid", { interval_count: NaN }],
    ["billing_rule_invalid", { interval: "fortnight" as BillingInterval }],
    ["billing_rule_invalid", { interval: "toString" as BillingInterval }],
    ["billing_rule_invalid", { n: -1 }],
    ["billing_rule_invalid", { n: 0.5 }],
    ["billing_rule_invalid", { n: 100_001 }],
    ["billing_rule_invalid", { day_of_month: 0 }],
    ["billing_rule_invalid", { day_of_month: 32 }],
    ["billing_rule_invalid", { day_of_month: 1, interval: "day" }],
    ["billing_rule_invalid", { day_of_month: 1, interval: "week" }],
  ])("%s for %j", (code, change) => {
    expect(() => billingDate<BillingMoment>({ ...rule, ...change })).toThrow(
      expect.objectContaining({ code, type: "invalid_data" })
    )
  })

  it.each([0, 1_001, 2.5])("a schedule of %d dates", (count) => {
    expect(() => schedule({ ...rule, count })).toThrow(
      expect.objectContaining({ code: "billing_rule_invalid" })
    )
  })
})
