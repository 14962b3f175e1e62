import fc from "fast-check"
import { fromSmallestUnits, toSmallestUnits } from "../../../shared/money"
import { prorate, prorateIntervalChange } from "../domain/proration"
import { applyCreditBalance } from "../domain/proration-credit"
import {
  remainingShare,
  unitsOfSpan,
  type ProrationLine,
} from "../domain/proration-share"

const decimals = fc.constantFrom(0, 2, 3)
const DAY_S = 24 * 60 * 60

/** A period of a second to two years, and moments within it, in order. */
const timed = (moments: number) =>
  fc
    .record({
      start: fc.integer({ min: 0, max: 4_000_000_000 }),
      length: fc.oneof(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 730 * DAY_S })
      ),
      places: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: moments,
        maxLength: moments,
      }),
    })
    .map(({ start, length, places }) => ({
      period: {
        start: new Date(start * 1000),
        end: new Date((start + length) * 1000),
      },
      at: places
        .map((place) => start + Math.floor(place * length))
        .sort((a, b) => a - b)
        .map((second) => new Date(second * 1000)),
    }))

const amounts = fc.record({
  units: fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 0, max: 1e9 })
  ),
  quantity: fc.integer({ min: 0, max: 1000 }),
})

const lineOf = (
  { units, quantity }: { units: number; quantity: number },
  digits: number,
  key = "item"
): ProrationLine => ({
  key,
  unit_price: fromSmallestUnits(units, digits),
  quantity,
})

/** Up to four lines; the keys say which of two sides they have in common. */
const sides = fc.uniqueArray(
  fc.record({ key: fc.constantFrom("a", "b", "c", "d"), of: amounts }),
  { maxLength: 4, selector: ({ key }) => key }
)
type Side = { key: string; of: { units: number; quantity: number } }[]
const linesOf = (side: Side, digits: number) =>
  side.map(({ key, of }) => lineOf(of, digits, key))

const nth = <T>(values: readonly T[], index: number): T => {
  const value = values[index]
  if (value === undefined) {
    throw new Error(`There is no value ${index}.`)
  }
  return value
}

describe("proration, of any change", () => {
  it("nets 0 from a plan to itself, and from one key to another", () => {
    fc.assert(
      fc.property(timed(1), sides, decimals, (time, side, digits) => {
        const lines = linesOf(side, digits)
        const input = {
          at: nth(time.at, 0),
          period: time.period,
          current: lines,
          currency_decimals: digits,
        }
        expect(prorate({ ...input, next: lines })).toMatchObject({
          credits: [],
          charges: [],
          net: 0,
        })
        const renamed = lines.map((line) => ({ ...line, key: `${line.key}2` }))
        expect(prorate({ ...input, next: renamed }).net).toBe(0)
      })
    )
  })

  it("adds the parts of a period up to the whole, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }).chain(timed),
        amounts,
        decimals,
        ({ period, at }, of, digits) => {
          const froms = [period.start, ...at]
          const tos = [...at, period.end]
          const parts = froms.map((from, i) =>
            unitsOfSpan(
              lineOf(of, digits),
              { from, to: nth(tos, i), period },
              digits
            )
          )
          expect(parts.every((part) => part >= 0n)).toBe(true)
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(
            BigInt(of.units) * BigInt(of.quantity)
          )
        }
      )
    )
  })

  it("is never above the price, and the exact share to half a unit", () => {
    fc.assert(
      fc.property(timed(1), amounts, decimals, (time, of, digits) => {
        const { period } = time
        const at = nth(time.at, 0)
        const price = BigInt(of.units) * BigInt(of.quantity)
        const { remaining_seconds, total_seconds } = remainingShare(period, at)
        const { net } = prorate({
          at,
          period,
          current: [],
          next: [lineOf(of, digits)],
          currency_decimals: digits,
        })
        const units = BigInt(toSmallestUnits(net, digits))
        expect(units >= 0n && units <= price).toBe(true)
        const off =
          units * BigInt(total_seconds) - price * BigInt(remaining_seconds)
        expect(2n * (off < 0n ? -off : off) <= BigInt(total_seconds)).toBe(true)
      })
    )
  })

  it("answers whole smallest units: no fraction of a yen or a fils", () => {
    fc.assert(
      fc.property(
        timed(1),
        sides,
        sides,
        decimals,
        (time, one, two, digits) => {
          const input = {
            at: nth(time.at, 0),
            period: time.period,
            current: linesOf(one, digits),
            next: linesOf(two, digits),
            currency_decimals: digits,
          }
          for (const result of [prorate(input), prorateIntervalChange(input)]) {
            const { credits, charges, credit_total, charge_total, net } = result
            const all = [...credits, ...charges].map(({ amount }) => amount)
            for (const amount of [...all, credit_total, charge_total, net]) {
              const units = toSmallestUnits(amount, digits)
              expect(fromSmallestUnits(units, digits)).toBe(amount)
            }
            expect(all.every((amount) => amount > 0)).toBe(true)
          }
        }
      )
    )
  })

  it("does not depend on the way: A to B to C at once is A to C", () => {
    fc.assert(
      fc.property(
        timed(1),
        sides,
        sides,
        sides,
        decimals,
        (time, a, b, c, digits) => {
          const net = (from: Side, to: Side) =>
            toSmallestUnits(
              prorate({
                at: nth(time.at, 0),
                period: time.period,
                current: linesOf(from, digits),
                next: linesOf(to, digits),
                currency_decimals: digits,
              }).net,
              digits
            )
          expect(net(a, b) + net(b, c)).toBe(net(a, c))
          expect(net(a, b) + net(b, a)).toBe(0)
        }
      )
    )
  })

  it("makes a customer who changes again and again pay each part once", () => {
    fc.assert(
      fc.property(
        fc.array(amounts, { minLength: 2, maxLength: 8 }).chain((plans) =>
          fc.record({
            plans: fc.constant(plans),
            time: timed(plans.length - 1),
          })
        ),
        decimals,
        ({ plans, time: { period, at } }, digits) => {
          const lines = plans.map((of) => lineOf(of, digits))
          const first = nth(plans, 0)
          let paid = BigInt(first.units) * BigInt(first.quantity)
          at.forEach((moment, i) => {
            const { net } = prorate({
              at: moment,
              period,
              current: [nth(lines, i)],
              next: [nth(lines, i + 1)],
              currency_decimals: digits,
            })
            paid += BigInt(toSmallestUnits(net, digits))
          })
          const froms = [period.start, ...at]
          const tos = [...at, period.end]
          const used = lines.map((line, i) =>
            unitsOfSpan(
              line,
              { from: nth(froms, i), to: nth(tos, i), period },
              digits
            )
          )
          expect(paid).toBe(used.reduce((a, b) => a + b, 0n))
        }
      )
    )
  })

  it("credits less the later it is", () => {
    fc.assert(
      fc.property(timed(2), amounts, decimals, (time, of, digits) => {
        const credit = (at: Date) =>
          prorate({
            at,
            period: time.period,
            current: [lineOf(of, digits)],
            next: [],
            currency_decimals: digits,
          }).credit_total
        expect(credit(nth(time.at, 1))).toBeLessThanOrEqual(
          credit(nth(time.at, 0))
        )
      })
    )
  })

  it("charges a new interval in full and credits the old as a cancellation", () => {
    fc.assert(
      fc.property(timed(1), sides, sides, decimals, (time, a, b, digits) => {
        const input = {
          at: nth(time.at, 0),
          period: time.period,
          current: linesOf(a, digits),
          currency_decimals: digits,
        }
        const next = linesOf(b, digits)
        const { charge_total, credit_total } = prorateIntervalChange({
          ...input,
          next,
        })
        const full = b.reduce((sum, { of }) => sum + of.units * of.quantity, 0)
        expect(toSmallestUnits(charge_total, digits)).toBe(full)
        expect(credit_total).toBe(prorate({ ...input, next: [] }).credit_total)
      })
    )
  })

  it("keeps a credit until it is used, to the last unit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 20 }),
        decimals,
        (charges, digits) => {
          let balance = 0
          let owed = 0
          let due = 0
          for (const units of charges) {
            const before = balance
            const result = applyCreditBalance({
              balance,
              amount: fromSmallestUnits(units, digits),
              currency_decimals: digits,
            })
            balance = result.balance
            owed += units
            due += toSmallestUnits(result.due, digits)
            expect(result.applied).toBeLessThanOrEqual(before)
            // The customer does not pay while there is credit left.
            expect(result.due > 0 && balance > 0).toBe(false)
          }
          expect(due - toSmallestUnits(balance, digits)).toBe(owed)
        }
      )
    )
  })
})
