/// <reference types="jest" />
import {
  daysOf,
  dunningBody,
  dunningValues,
  NO_DUNNING,
} from "../dunning-values"

describe("the days of a plan as typed", () => {
  it.each<[string, number[] | null | undefined]>([
    ["", null],
    [" 1, 3 5;7 ", [1, 3, 5, 7]],
    ["3, 1", undefined],
    ["1, 1", undefined],
    ["0", undefined],
    ["1.5", undefined],
    ["1, x", undefined],
    ["91", undefined],
    ["1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", undefined],
  ])("%j", (typed, days) => {
    expect(daysOf(typed)).toEqual(days)
  })
})

it("sends what was typed and nothing for what was left empty", () => {
  expect(dunningBody(NO_DUNNING)).toBeNull()
  const dunning = { retry_days: [2], grace_days: 0, at_end: "pause" as const }
  expect(dunningBody(dunningValues(dunning))).toEqual(dunning)
})
