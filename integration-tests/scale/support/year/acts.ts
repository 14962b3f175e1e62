/** What subscribers do in the year: to the store over HTTP, and to the book. */
import { DAY } from "./calendar"
import {
  charge,
  currentPeriod,
  isOver,
  moveTo,
  resumeAt,
  startOf,
  type Account,
} from "./ledger"

type Body = Record<string, unknown>

/** A call to make, and what it does to the account; null: not now. */
export type Act = (
  account: Account,
  now: number,
  draw: number
) => { action: string; body: Body; book: () => void } | null

export const OFFER = {
  id: "stay",
  type: "discount" as const,
  percent: 20,
  cycles: 3,
}

/** Two charges within twenty hours would park a subscription. */
const QUIET = 2 * DAY

const isFree = (account: Account) =>
  account.status === "active" && account.cancelAt === null

const isQuiet = ({ lastCharge }: Account, now: number) =>
  now - lastCharge > QUIET

const iso = (moment: number) => new Date(moment).toISOString()

export const ACTS: Record<string, Act> = {
  skip: (account, now, draw) => {
    if (!isFree(account) || account.skipped || account.due - now < DAY) {
      return null
    }
    const cycles = 1 + (draw % 3)
    return {
      action: "skip",
      body: { cycles },
      book: () => {
        moveTo(account, account.next + cycles)
        account.skipped = cycles
      },
    }
  },
  unskip: (account, now) => {
    const first = account.next - account.skipped
    return isFree(account) &&
      account.skipped > 0 &&
      startOf(account, first) - now > DAY
      ? {
          action: "unskip",
          body: {},
          book: () => {
            moveTo(account, first)
            account.skipped = 0
          },
        }
      : null
  },
  pauseForCycles: (account, now, draw) => {
    if (!isFree(account) || account.skipped) {
      return null
    }
    const cycles = 1 + (draw % 2)
    const first = Math.max(account.next, currentPeriod(account, now) + 1)
    return {
      action: "pause",
      body: { cycles },
      book: () => {
        account.status = "paused"
        account.resumesAt = startOf(account, first + cycles)
      },
    }
  },
  pauseUntil: (account, now, draw) => {
    if (!isFree(account) || account.skipped) {
      return null
    }
    const until = now + (1 + (draw % 80)) * DAY
    return {
      action: "pause",
      body: { until: iso(until) },
      book: () => {
        account.status = "paused"
        account.resumesAt = until
      },
    }
  },
  resume: (account, now, draw) => {
    if (account.status !== "paused" || !isQuiet(account, now)) {
      return null
    }
    const mode = draw % 2 ? "now" : "next_period"
    return {
      action: "resume",
      body: { charge: mode },
      book: () => {
        const current = Math.max(account.next, currentPeriod(account, now))
        const isRunning = startOf(account, current) <= now
        const wants = isRunning && mode === "next_period" ? 1 : 0
        resumeAt(account, current + wants, now)
        if (account.due <= now) {
          charge(account, now)
        }
      },
    }
  },
  orderNow: (account, now) =>
    isFree(account) &&
    isQuiet(account, now) &&
    account.due - now > QUIET &&
    !isLast(account) &&
    !account.card.isHard &&
    !account.card.declines
      ? {
          action: "order-now",
          body: {},
          book: () => {
            charge(account, now)
          },
        }
      : null,
  reschedule: (account, now, draw) => {
    const start = startOf(account, account.next)
    const end = startOf(account, account.next + 1)
    const date = start + ((draw % 21) - 10) * DAY
    return isFree(account) &&
      date > now + DAY &&
      date < end - QUIET &&
      date - account.lastCharge > QUIET
      ? {
          action: "reschedule",
          body: { date: iso(date).slice(0, 10) },
          book: () => {
            account.due = date
          },
        }
      : null
  },
  cancelAtEnd: (account, now) => {
    const end = startOf(account, account.next - account.skipped)
    return isFree(account)
      ? {
          action: "cancel",
          body: { when: "period_end", reason_code: "too_expensive" },
          book: () => {
            if (end > now) {
              account.cancelAt = end
            } else {
              account.status = "canceled"
            }
          },
        }
      : null
  },
  reactivate: (account) =>
    account.status === "active" && account.cancelAt !== null
      ? {
          action: "reactivate",
          body: {},
          book: () => {
            account.cancelAt = null
          },
        }
      : null,
  cancelNow: (account) =>
    !isOver(account) && account.cancelAt === null
      ? {
          action: "cancel",
          body: { when: "now" },
          book: () => {
            account.status = "canceled"
          },
        }
      : null,
  takeOffer: (account) =>
    isFree(account) && !account.tookOffer
      ? {
          action: "accept-offer",
          body: { offer_id: OFFER.id },
          book: () => {
            account.tookOffer = true
            account.discount = { percent: OFFER.percent, left: OFFER.cycles }
          },
        }
      : null,
  /** The bank lets the card through again, and the customer pays. */
  payUp: (account, now) =>
    account.status === "past_due" &&
    startOf(account, account.next + 1) - now > QUIET
      ? {
          action: "retry-payment",
          body: {},
          book: () => {
            charge(account, now)
          },
        }
      : null,
}

const isLast = ({ maxCycles, paid }: Account) =>
  maxCycles !== null && paid.length + 1 >= maxCycles
