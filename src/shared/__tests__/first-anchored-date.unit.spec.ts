import { firstAnchoredDate } from "../calendar"

const utc = { timezone: "UTC" }

describe("firstAnchoredDate", () => {
  it.each([
    ["2023-02-10", 31, "2023-02-28"],
    ["2023-02-28", 31, "2023-02-28"],
    ["2023-01-31", 30, "2023-02-28"],
    ["2023-01-15", 15, "2023-01-15"],
    ["2023-01-16", 15, "2023-02-15"],
    ["2023-12-16", 1, "2024-01-01"],
  ])("from %s, day %i: %s", (from, day_of_month, expected) => {
    expect(firstAnchoredDate({ ...utc, from, day_of_month })).toBe(expected)
  })

  it.each([
    ["2024-05-01", 3, "2024-05-01"],
    ["2024-05-01", 4, "2024-05-02"],
    ["2024-05-01", 2, "2024-05-07"],
    ["2024-05-01", 7, "2024-05-05"],
  ])("from %s, weekday %i: %s", (from, weekday, expected) => {
    expect(firstAnchoredDate({ ...utc, from, weekday })).toBe(expected)
  })

  it("keeps the purchase's local time of day over a change of clocks", () => {
    const from = new Date("2024-03-30T22:30:00Z") // Saturday 23:30 in Paris
    expect(
      firstAnchoredDate({ from, timezone: "Europe/Paris", weekday: 7 })
    ).toEqual(new Date("2024-03-31T21:30:00Z"))
  })

  it("is the purchase, even as the second of two equal local times", () => {
    const from = "2024-10-27T01:30:00.000Z"
    expect(
      firstAnchoredDate({ from, timezone: "Europe/Paris", day_of_month: 27 })
    ).toBe(from)
  })

  it.each([
    { day_of_month: 0 },
    { day_of_month: 32 },
    { day_of_month: 1.5 },
    { weekday: 0 },
    { weekday: 8 },
  ])("refuses %j", (day) => {
    expect(() =>
      firstAnchoredDate({ ...utc, from: "2024-01-01", ...day })
    ).toThrow(expect.objectContaining({ code: "billing_rule_invalid" }))
  })
})
