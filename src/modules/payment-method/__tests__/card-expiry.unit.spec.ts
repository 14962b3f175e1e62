import fc from "fast-check"
import {
  daysLeft,
  dueWarning,
  endOfCard,
  expiresSoon,
  isExpired,
} from "../domain/card-expiry"

const DECEMBER = { exp_month: 12, exp_year: 2026 }
const at = (text: string) => new Date(text)

describe("a card's end", () => {
  it("is the end of its month", () => {
    expect(endOfCard(DECEMBER)).toEqual(at("2027-01-01T00:00:00Z"))
    expect(endOfCard({ exp_month: 2, exp_year: 2028 })).toEqual(
      at("2028-03-01T00:00:00Z")
    )
    expect(isExpired(DECEMBER, at("2026-12-31T23:59:59.999Z"))).toBe(false)
    expect(isExpired(DECEMBER, at("2027-01-01T00:00:00Z"))).toBe(true)
  })

  it("is so many days away", () => {
    expect(daysLeft(DECEMBER, at("2026-12-31T00:00:00Z"))).toBe(0)
    expect(daysLeft(DECEMBER, at("2026-12-31T23:59:00Z"))).toBe(0)
    expect(daysLeft(DECEMBER, at("2026-12-24T12:00:00Z"))).toBe(7)
    expect(daysLeft(DECEMBER, at("2026-12-01T00:00:00Z"))).toBe(30)
    expect(daysLeft(DECEMBER, at("2027-01-01T00:00:01Z"))).toBeLessThan(0)
  })

  it.each([
    ["2026-11-30T23:59:59Z", null, false],
    ["2026-12-01T00:00:00Z", 30, true],
    ["2026-12-23T23:00:00Z", 30, true],
    ["2026-12-24T00:00:00Z", 7, true],
    ["2026-12-31T23:59:59Z", 7, true],
    ["2027-01-01T00:00:00Z", null, false],
  ])("at %s has the warning %s", (now, warning, soon) => {
    expect(dueWarning(DECEMBER, at(now))).toBe(warning)
    expect(expiresSoon(DECEMBER, at(now))).toBe(soon)
  })

  it("warns of nothing that is over, and of everything that ends soon", () => {
    const dates = fc.date({
      min: at("2020-01-01T00:00:00Z"),
      max: at("2040-01-01T00:00:00Z"),
      noInvalidDate: true,
    })
    const expiries = fc.record({
      exp_month: fc.integer({ min: 1, max: 12 }),
      exp_year: fc.integer({ min: 2020, max: 2040 }),
    })
    fc.assert(
      fc.property(expiries, dates, (expiry, now) => {
        const warning = dueWarning(expiry, now)
        expect(warning !== null).toBe(expiresSoon(expiry, now))
        if (warning) {
          expect(daysLeft(expiry, now)).toBeLessThanOrEqual(warning)
          expect(daysLeft(expiry, now)).toBeGreaterThanOrEqual(0)
        }
      })
    )
  })
})
