/**
 * What each subscriber should pay in a year, by the documented rules and by
 * nothing of the plugin's code: a second book, kept by the test alone.
 */
import { DAY, dateAt, periodAt, type Rhythm } from "./calendar"

/** Days after the first decline at which a charge is tried again. */
const RETRIES = [1, 3, 5, 7]

export type Contract = {
  /** When it was bought, and the first period paid. */
  anchor: number
  rhythm: Rhythm
  /** Cents. */
  unitPrice: number
  quantity: number
  /** Charges after which it ends, the purchase included; null: never. */
  maxCycles: number | null
}

export type Payment = { period: number; amount: number }

/** How the card answers: refuses so often, or for good. */
export type Card = { declines: number; isHard: boolean }

export type Account = Contract & {
  status: "active" | "paused" | "past_due" | "canceled" | "expired"
  /** The period that is charged next, and when. */
  next: number
  due: number
  /** Periods left out right before it. */
  skipped: number
  resumesAt: number | null
  cancelAt: number | null
  discount: { percent: number; left: number } | null
  tookOffer: boolean
  card: Card
  /** Refusals of the charge that is open. */
  refusals: number
  firstRefusal: number
  /** Null: nothing is tried any more by itself. */
  retryAt: number | null
  lastCharge: number
  paid: Payment[]
  /** Charges that were refused at least once. */
  failures: number
  /** Cents of those of them that were paid after all. */
  recovered: number[]
}

export const isOver = ({ status }: Account) =>
  status === "canceled" || status === "expired"

export function openAccount(contract: Contract): Account {
  return {
    ...contract,
    status: "active",
    next: 1,
    due: dateAt(contract.anchor, contract.rhythm, 1),
    skipped: 0,
    resumesAt: null,
    cancelAt: null,
    discount: null,
    tookOffer: false,
    card: { declines: 0, isHard: false },
    refusals: 0,
    firstRefusal: 0,
    retryAt: null,
    lastCharge: contract.anchor,
    paid: [],
    failures: 0,
    recovered: [],
  }
}

/** Cents a month of 30 days and some: the year's sum, divided by twelve. */
export function monthly({ unitPrice, quantity, rhythm }: Account): number {
  const periods = rhythm.unit === "week" ? 52 : 12
  return (unitPrice * quantity * periods) / rhythm.count / 12
}

export const startOf = ({ anchor, rhythm }: Account, n: number) =>
  dateAt(anchor, rhythm, n)

/** What the daily run does with an account. */
export function runDay(account: Account, now: number): void {
  if (
    account.status === "paused" &&
    account.resumesAt !== null &&
    account.resumesAt <= now
  ) {
    resumeOnDate(account, account.resumesAt)
  }
  if (account.status === "past_due") {
    if (account.retryAt !== null && account.retryAt <= now) {
      charge(account, now)
    }
    return
  }
  if (account.status !== "active" || (account.cancelAt ?? account.due) > now) {
    return
  }
  if (account.cancelAt !== null) {
    account.status = "canceled"
  } else if (isFull(account)) {
    account.status = "expired"
  } else {
    account.next = Math.max(account.next, currentPeriod(account, now))
    charge(account, now)
  }
}

/** A charge of the open period: paid, or refused by the card. */
export function charge(account: Account, now: number): void {
  const { card } = account
  if (card.isHard || card.declines > 0) {
    refuse(account, now)
    return
  }
  const full = account.unitPrice * account.quantity
  const { discount } = account
  const amount =
    discount && discount.left > 0
      ? full - (full * discount.percent) / 100
      : full
  if (discount && discount.left > 0) {
    discount.left -= 1
  }
  account.paid.push({ period: account.next, amount })
  if (account.refusals > 0) {
    account.recovered.push(amount)
  }
  account.lastCharge = now
  account.status = "active"
  account.refusals = 0
  account.retryAt = null
  account.skipped = 0
  moveTo(account, account.next + 1)
}

function refuse(account: Account, now: number): void {
  const { card } = account
  card.declines -= card.isHard ? 0 : 1
  if (account.refusals === 0) {
    account.firstRefusal = now
    account.failures += 1
  }
  const days = RETRIES[account.refusals]
  account.refusals += 1
  account.status = "past_due"
  account.retryAt =
    card.isHard || days === undefined ? null : account.firstRefusal + days * DAY
}

function isFull({ maxCycles, paid }: Account): boolean {
  return maxCycles !== null && paid.length + 1 >= maxCycles
}

export function moveTo(account: Account, period: number): void {
  account.next = period
  account.due = startOf(account, period)
}

export function currentPeriod({ anchor, rhythm }: Account, now: number) {
  return periodAt(anchor, rhythm, now)
}

/** A pause ends by its date: the first period from that date on is next. */
function resumeOnDate(account: Account, date: number): void {
  const first =
    currentPeriod(account, date - 1) + (account.anchor > date - 1 ? 0 : 1)
  resumeAt(account, Math.max(account.next, first), date)
}

/** A pause ends: a period is next, and not charged before a moment. */
export function resumeAt(account: Account, period: number, from: number) {
  const keepsDate = period === account.next && account.due > from
  const due = keepsDate ? account.due : Math.max(startOf(account, period), from)
  account.status = "active"
  account.resumesAt = null
  account.next = period
  account.due = due
}
