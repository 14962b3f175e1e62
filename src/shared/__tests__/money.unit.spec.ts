import fc from "fast-check"
import {
  allocate,
  currencyDecimals,
  fromSmallestUnits,
  roundMoney,
  toSmallestUnits,
} from "../money"

const decimals = fc.integer({ min: 0, max: 4 })
const units = fc.integer({ min: -1e11, max: 1e11 })

describe("currencyDecimals", () => {
  it.each([
    ["JPY", 0],
    ["krw", 0],
    ["EUR", 2],
    ["usd", 2],
    ["KWD", 3],
    ["BHD", 3],
    ["tnd", 3],
    ["zzz", 2],
  ])("%s has %i", (code, expected) => {
    expect(currencyDecimals(code)).toBe(expected)
    expect(currencyDecimals(code)).toBe(expected)
  })

  it.each(["", "€", "EURO", "e1r"])("refuses %j", (code) => {
    expect(() => currencyDecimals(code)).toThrow(
      expect.objectContaining({ code: "currency_invalid" })
    )
  })
})

describe("toSmallestUnits", () => {
  it.each<[number | string, number, number]>([
    [19.99, 2, 1999],
    [1.005, 2, 101],
    [-1.005, 2, -101],
    [1.004999, 2, 100],
    [0.1 + 0.2, 2, 30],
    ["12.3", 3, 12300],
    ["+7", 0, 7],
    [1e-7, 2, 0],
    ["-0.004", 2, 0],
    [1.5e3, 0, 1500],
    ["1e2", 2, 10000],
    [1e21, 0, NaN],
    [999.5, 0, 1000],
    [0.0005, 3, 1],
  ])("%d with %i decimals", (amount, digits, expected) => {
    if (Number.isNaN(expected)) {
      expect(() => toSmallestUnits(amount, digits)).toThrow("too large")
      return
    }
    expect(toSmallestUnits(amount, digits)).toBe(expected)
  })

  it.each([NaN, Infinity, "", "abc", "1,5", ".", "1.", "0x10", " 1", "1e9999"])(
    "refuses %j",
    (amount) => {
      expect(() => toSmallestUnits(amount, 2)).toThrow(
        expect.objectContaining({ code: "amount_invalid" })
      )
    }
  )

  it.each([-1, 9, 1.5])("refuses %d decimals", (digits) => {
    expect(() => toSmallestUnits(1, digits)).toThrow("Decimals")
  })

  it("undoes fromSmallestUnits", () => {
    fc.assert(
      fc.property(units, decimals, (amount, digits) => {
        const major = fromSmallestUnits(amount, digits)
        expect(toSmallestUnits(major, digits)).toBe(amount)
        expect(toSmallestUnits(String(major), digits)).toBe(amount)
      })
    )
  })
})

describe("fromSmallestUnits", () => {
  it("refuses what is not whole", () => {
    expect(() => fromSmallestUnits(1.5, 2)).toThrow(
      expect.objectContaining({ code: "amount_invalid" })
    )
  })
})

describe("roundMoney", () => {
  it("changes nothing twice, is odd, and is off by half a unit at most", () => {
    const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(amount, decimals, (value, digits) => {
        const rounded = roundMoney(value, digits)
        expect(roundMoney(rounded, digits)).toBe(rounded)
        expect(roundMoney(-value, digits)).toBeCloseTo(-rounded, 10)
        const half = 0.5 * 10 ** -digits
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(half + 1e-6)
      })
    )
  })
})

describe("allocate", () => {
  it.each<[number | string, (number | string)[], number, number[]]>([
    [10, [1, 1, 1], 2, [3.34, 3.33, 3.33]],
    [-10, [1, 1, 1], 2, [-3.34, -3.33, -3.33]],
    [100, [1, 1, 1], 0, [34, 33, 33]],
    [0.05, [0.5, "0.25", 0.25], 2, [0.03, 0.01, 0.01]],
    [1, [1, 2, 4], 2, [0.14, 0.29, 0.57]],
    [5, [0, 0], 2, [2.5, 2.5]],
    [5, [0, 3], 2, [0, 5]],
    [0, [1, 2], 2, [0, 0]],
    ["9.999", [1], 3, [9.999]],
    [10, ["1e3", 1e3], 2, [5, 5]],
  ])("%d over %j with %i decimals", (amount, weights, digits, expected) => {
    expect(allocate(amount, weights, digits)).toEqual(expected)
  })

  it.each([[[]], [[1, -1]]])("refuses the weights %j", (weights) => {
    expect(() => allocate(1, weights, 2)).toThrow("Weights")
  })

  it("adds up, and each part is its share within one unit", () => {
    const weights = fc.array(fc.nat({ max: 1e6 }), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(units, weights, decimals, (amount, shares, digits) => {
        const parts = allocate(
          fromSmallestUnits(amount, digits),
          shares,
          digits
        ).map((part) => toSmallestUnits(part, digits))
        expect(parts.reduce((a, b) => a + b, 0)).toBe(amount)
        const sum = shares.reduce((a, b) => a + b, 0)
        parts.forEach((part, i) => {
          const share = sum ? (shares[i] ?? 0) / sum : 1 / shares.length
          expect(Math.abs(part - amount * share)).toBeLessThan(1.001)
        })
      })
    )
  })
})
