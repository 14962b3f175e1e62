import fc from "fast-check"

import { ACTS } from "./acts"
import { DAY } from "./calendar"
import type { Card, Contract } from "./ledger"

/** The first day of the year that is played; purchases lie in the month before. */
export const NEW_YEAR = Date.UTC(2026, 1, 1)
export const DAYS = 365

/** What happens on a day of the year. */
export type Happening =
  { day: number; act: string; draw: number } | { day: number; card: Card }

export type Life = { contract: Contract; happenings: Happening[] }

const contract = fc.record<Contract>({
  // Some days of January 2026, so that many are due together; the last three,
  // which other months do not have, more often than they come.
  anchor: fc
    .constantFrom(1, 4, 8, 13, 17, 22, 28, 29, 30, 31)
    .map((day) => Date.UTC(2026, 0, day, 10)),
  rhythm: fc.oneof(
    { weight: 5, arbitrary: month(1) },
    { weight: 4, arbitrary: month(3) },
    { weight: 2, arbitrary: month(6) },
    { weight: 2, arbitrary: month(12) },
    { weight: 1, arbitrary: week(4) },
    { weight: 1, arbitrary: week(6) }
  ),
  // Whole after a fifth is taken off, and above what Stripe charges at least.
  unitPrice: fc.integer({ min: 20, max: 800 }).map((n) => n * 5),
  quantity: fc.integer({ min: 1, max: 4 }),
  maxCycles: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 8 }) }
  ),
})

const act = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...usual()) },
  { weight: 1, arbitrary: fc.constantFrom("cancelNow", "cancelAtEnd") }
)

const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ day: day(), act, draw: fc.nat(1_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ day: day(), card: card() }),
  }
)

/** The same lives for the same seed. */
export function drawLives(options: { seed: number; count: number }): Life[] {
  return fc.sample(
    fc.record({
      contract,
      happenings: fc.array(happening, { minLength: 1, maxLength: 6 }),
    }),
    { seed: options.seed, numRuns: options.count }
  )
}

/** 09:00 of a day: people act; the shop's run comes in the evening. */
export const morning = (dayOfYear: number) =>
  NEW_YEAR + dayOfYear * DAY + 9 * 60 * 60 * 1000
export const evening = (dayOfYear: number) =>
  NEW_YEAR + dayOfYear * DAY + 18 * 60 * 60 * 1000

function day() {
  return fc.integer({ min: 0, max: DAYS - 1 })
}

function card(): fc.Arbitrary<Card> {
  return fc.oneof(
    fc.record({
      declines: fc.integer({ min: 1, max: 6 }),
      isHard: fc.constant(false),
    }),
    fc.constant({ declines: 0, isHard: true }),
    fc.constant({ declines: 0, isHard: false })
  )
}

function month(count: number) {
  return fc.constant({ unit: "month" as const, count })
}

function week(count: number) {
  return fc.constant({ unit: "week" as const, count })
}

function usual(): string[] {
  return Object.keys(ACTS).filter((name) => !name.startsWith("cancel"))
}
