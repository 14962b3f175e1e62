import { currencyDecimals, roundMoney } from "../../../shared/money"
import { MAX_METERS, MAX_TIERS, type Meter } from "../../../types/meters"
import type { AmountsByCurrency } from "../../../types/subscription"

type Issue = { path: string; message: string }

const KEY = /^[a-z0-9]+(?:_[a-z0-9]+)*$/
const CURRENCY = /^[a-z]{3}$/
const UNIT_DECIMALS = 8
const MAX_UNIT_AMOUNT = 1e6
const MAX_UNITS = 1e12

/** What is wrong with a plan's meters; empty for good ones. */
export function meterIssues(meters: Meter[] | null | undefined): Issue[] {
  const all = meters ?? []
  return [
    ...(all.length > MAX_METERS
      ? [issue("meters", `has at most ${MAX_METERS}`)]
      : []),
    ...all.flatMap((meter, index) => [
      ...(all.findIndex(({ key }) => key === meter.key) < index
        ? [issue(`meters.${index}.key`, "is there twice")]
        : []),
      ...issuesOf(`meters.${index}`, meter),
    ]),
  ]
}

/** The currencies that meters name anywhere. */
export function meterCurrencies(meters: Meter[] | null | undefined): string[] {
  return (meters ?? []).flatMap(({ unit_price, tiers }) =>
    [
      unit_price,
      ...(tiers ?? []).flatMap((tier) => [tier.unit_amount, tier.flat_amount]),
    ].flatMap((amounts) => Object.keys(amounts ?? {}))
  )
}

function issuesOf(path: string, meter: Meter): Issue[] {
  const { key, included = 0, unit_price, tiers, tiers_mode } = meter
  return [
    ...(KEY.test(key) && key.length <= 50
      ? []
      : [issue(`${path}.key`, "must be lower-case letters, digits and _")]),
    ...(isWhole(included, 0, MAX_UNITS)
      ? []
      : [issue(`${path}.included`, "must be a whole number")]),
    ...(Boolean(unit_price) === Boolean(tiers)
      ? [issue(path, "must have unit_price or tiers, not both")]
      : []),
    ...(Boolean(tiers) === Boolean(tiers_mode)
      ? []
      : [issue(`${path}.tiers_mode`, "goes with tiers")]),
    ...(unit_price ? amountIssues(`${path}.unit_price`, unit_price, true) : []),
    ...(tiers ? tierIssues(`${path}.tiers`, tiers) : []),
  ]
}

function tierIssues(path: string, tiers: NonNullable<Meter["tiers"]>): Issue[] {
  const [first] = tiers
  if (!first || tiers.length > MAX_TIERS) {
    return [issue(path, `must have 1 to ${MAX_TIERS} tiers`)]
  }
  const currencies = Object.keys(first.unit_amount).sort().join()
  return tiers.flatMap(({ up_to, unit_amount, flat_amount }, index) => {
    const here = `${path}.${index}`
    const before = tiers[index - 1]?.up_to ?? 0
    const isLast = index === tiers.length - 1
    const fits = isLast
      ? up_to === null
      : up_to !== null && isWhole(up_to, before + 1, MAX_UNITS)
    return [
      ...(fits
        ? []
        : [issue(`${here}.up_to`, "must rise, and be null in the last tier")]),
      ...(Object.keys(unit_amount).sort().join() === currencies
        ? []
        : [issue(`${here}.unit_amount`, "must name the same currencies")]),
      ...amountIssues(`${here}.unit_amount`, unit_amount, true),
      ...(flat_amount
        ? amountIssues(`${here}.flat_amount`, flat_amount, false)
        : []),
    ]
  })
}

/** A unit may cost a fraction of a cent; what is charged once may not. */
function amountIssues(
  path: string,
  amounts: AmountsByCurrency,
  isOfUnit: boolean
): Issue[] {
  const entries = Object.entries(amounts)
  if (!entries.length) {
    return [issue(path, "needs an amount in at least one currency")]
  }
  return entries.flatMap(([code, amount]) => {
    const here = `${path}.${code}`
    if (!CURRENCY.test(code)) {
      return [issue(here, "is no currency code of three lower-case letters")]
    }
    if (!(amount >= 0 && amount <= MAX_UNIT_AMOUNT)) {
      return [issue(here, `must be 0 to ${MAX_UNIT_AMOUNT}`)]
    }
    const decimals = isOfUnit ? UNIT_DECIMALS : currencyDecimals(code)
    return roundMoney(amount, decimals) === amount
      ? []
      : [issue(here, `must have at most ${decimals} decimals`)]
  })
}

const isWhole = (value: number, min: number, max: number) =>
  Number.isInteger(value) && value >= min && value <= max

const issue = (path: string, message: string): Issue => ({ path, message })
