import fc from "fast-check"
import {
  comingPrepayments,
  periodsToEnd,
  prepaidPeriods,
  pricePeriods,
} from "../domain/prepaid"

const open = { max_cycles: null, paid_cycles: 1 }

describe("prepaid periods", () => {
  it("are paid by one charge and delivered by the others", () => {
    const terms = { ...open, prepaid_cycles: 3, prepaid_left: 1 }
    expect(comingPrepayments(terms, 7)).toEqual([0, 3, 0, 0, 3, 0, 0])
  })

  it("without prepayment each pays for itself", () => {
    expect(comingPrepayments({ ...open }, 3)).toEqual([1, 1, 1])
  })

  it("never pay beyond the agreed length", () => {
    const terms = { prepaid_cycles: 3, prepaid_left: 0, max_cycles: 5 }
    expect(prepaidPeriods({ ...terms, paid_cycles: 3 })).toBe(2)
    expect(comingPrepayments({ ...terms, paid_cycles: 3 }, 2)).toEqual([2, 0])
  })

  it("pay each agreed period exactly once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 52 }),
        fc.integer({ min: 1, max: 200 }),
        (prepaid_cycles, length) => {
          const charges = comingPrepayments(
            {
              prepaid_cycles,
              prepaid_left: 0,
              max_cycles: length,
              paid_cycles: 0,
            },
            length
          )
          expect(charges.reduce((sum, one) => sum + one, 0)).toBe(length)
        }
      )
    )
  })

  it("cost as much as each for itself", () => {
    expect(pricePeriods(9.9, 3, 2)).toBe(29.7)
    expect(pricePeriods(0.1, 3, 2)).toBe(0.3)
    expect(pricePeriods(150, 6, 0)).toBe(900)
    expect(pricePeriods(1.005, 2, 3)).toBe(2.01)
  })

  it.each([
    [{ prepaid_cycles: 3, prepaid_left: 2 }, 0, 2],
    [{ prepaid_cycles: 3, prepaid_left: 2 }, 1, 2],
    [{ prepaid_cycles: 3, prepaid_left: 2 }, 3, 5],
    [{ prepaid_cycles: 3, prepaid_left: 0 }, 4, 6],
    [{ prepaid_cycles: null, prepaid_left: 0 }, 4, 4],
    [{}, 0, 0],
  ])("%j with %d of the term left ends after %d", (terms, term, periods) => {
    expect(periodsToEnd(terms, term)).toBe(periods)
  })
})
