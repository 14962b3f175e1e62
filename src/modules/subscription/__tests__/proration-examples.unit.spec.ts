/**
 * Worked examples of proration. "published" have their figures from public
 * documentation, each with its page; "differing" are published, too, but round
 * in between or count other days, and say why ours is another figure; "own" are
 * ours. Where a page says "halfway" and no more, the dates are ours, as its note
 * tells, and a "fitted" one has its time chosen to meet the figure.
 */
import { fromSmallestUnits } from "../../../shared/money"
import {
  prorate,
  prorateIntervalChange,
  type Proration,
  type ProrationBehavior,
} from "../domain/proration"
import { prorateBillingDay, prorateStub } from "../domain/proration-billing-day"
import { applyCreditBalance } from "../domain/proration-credit"
import { unitsOfSpan, type ProrationLine } from "../domain/proration-share"
import cases from "./cases/proration-examples.json"

type Dates = { start: string; end: string }

interface Input {
  currency_decimals: number
  at?: string
  new_end?: string
  period?: Dates
  full_period?: Dates
  stub?: Dates
  current?: ProrationLine[]
  next?: ProrationLine[]
  lines?: ProrationLine[]
  proration?: ProrationBehavior
  amount?: number
  cuts?: string[]
  balance?: number
  amounts?: number[]
}

interface Expected {
  credits?: number[]
  charges?: number[]
  net?: number
  /** What is left of the period, as a ratio. */
  share?: [number, number]
  balance?: number
  due?: number[]
  parts?: number[]
}

interface Example {
  id: string
  source: string
  says: string
  kind: string
  input: Input
  expected: Expected
  note?: string
  fitted?: boolean
}

const { published, differing, own, sources } = cases as {
  published: Example[]
  differing: Example[]
  own: Example[]
  sources: Record<string, { vendor: string; url: string; read: string }>
}

const date = (text: string | undefined) => new Date(text ?? NaN)
const dates = (period: Dates | undefined) => ({
  start: date(period?.start),
  end: date(period?.end),
})

function prorated({ kind, input }: Example): Proration {
  const { current = [], next = [], lines = [] } = input
  const at = date(input.at)
  const period = dates(input.period)
  const full_period = dates(input.full_period)
  const { currency_decimals, proration } = input
  const shared = { currency_decimals, ...(proration && { proration }) }
  switch (kind) {
    case "change":
      return prorate({ ...shared, at, period, current, next })
    case "interval_change":
      return prorateIntervalChange({ ...shared, at, period, current, next })
    case "billing_day": {
      const new_end = date(input.new_end)
      return prorateBillingDay({
        ...shared,
        at,
        period,
        new_end,
        full_period,
        lines,
      })
    }
    case "stub":
      return prorateStub({
        ...shared,
        stub: dates(input.stub),
        full_period,
        lines,
      })
    default:
      throw new Error(`No such kind: ${kind}`)
  }
}

function checkProration(example: Example) {
  const { expected, input } = example
  const result = prorated(example)
  const amounts = (side: "credits" | "charges") =>
    result[side].map(({ amount }) => amount)
  if (expected.credits) {
    expect(amounts("credits")).toEqual(expected.credits)
  }
  if (expected.charges) {
    expect(amounts("charges")).toEqual(expected.charges)
  }
  if (expected.net !== undefined) {
    expect(result.net).toBe(expected.net)
  }
  if (expected.balance !== undefined) {
    const { currency_decimals } = input
    expect(
      applyCreditBalance({ balance: 0, amount: result.net, currency_decimals })
    ).toEqual({ applied: 0, due: 0, balance: expected.balance })
  }
  if (expected.share) {
    const [left, whole] = expected.share
    const { remaining_seconds, total_seconds } = result.fraction
    expect(remaining_seconds * whole).toBe(total_seconds * left)
  }
}

function checkCredit({ input, expected }: Example) {
  let { balance = 0 } = input
  const due = (input.amounts ?? []).map((amount) => {
    const paid = applyCreditBalance({
      balance,
      amount,
      currency_decimals: input.currency_decimals,
    })
    balance = paid.balance
    return paid.due
  })
  expect({ due, balance }).toEqual(expected)
}

function checkSplit({ input, expected }: Example) {
  const { amount = NaN, currency_decimals: decimals } = input
  const period = dates(input.period)
  const cuts = (input.cuts ?? []).map(date)
  const froms = [period.start, ...cuts]
  const tos = [...cuts, period.end]
  const line = { key: "line", unit_price: amount, quantity: 1 }
  const parts = froms.map((from, i) =>
    fromSmallestUnits(
      Number(
        unitsOfSpan(line, { from, to: tos[i] ?? period.end, period }, decimals)
      ),
      decimals
    )
  )
  expect({ parts }).toEqual(expected)
}

function check(example: Example) {
  // An example that expects nothing would pass whatever the code does.
  expect(Object.keys(example.expected)).not.toHaveLength(0)
  switch (example.kind) {
    case "credit":
      return checkCredit(example)
    case "split":
      return checkSplit(example)
    default:
      return checkProration(example)
  }
}

const vendorOf = ({ source }: Example) => sources[source]?.vendor

describe("published examples of proration", () => {
  it.each(published)("$id: $says ($source)", check)

  it("are at least 40 of Stripe, Chargebee and WooCommerce, each with its page", () => {
    const peers = new Set(["Stripe", "Chargebee", "WooCommerce"])
    const theirs = published.filter((one) => peers.has(vendorOf(one) ?? ""))
    expect(theirs.length).toBeGreaterThanOrEqual(40)
    const all = [...published, ...differing]
    for (const { source, id } of all) {
      expect({ id, url: sources[source]?.url }).toEqual({
        id,
        url: expect.stringMatching(/^https:\/\//) as string,
      })
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it.each(published.filter(({ fitted }) => fitted))(
    "$id is fitted and says how",
    ({ note }) => {
      expect(note).toBeTruthy()
    }
  )
})

describe("published examples that round on the way", () => {
  it.each(differing)("$id: $says; $note ($source)", check)
})

describe("examples of our own", () => {
  it.each(own)("$id: $says", check)
})
