/** When a card ends. A card is good through the last day of its month, in UTC. */

const DAY_MS = 86_400_000

/** Days before the end of a card's month at which its owner is warned. */
export const WARNING_DAYS = [30, 7] as const
export type WarningDays = (typeof WARNING_DAYS)[number]

/** What a card's expiry is known by; months count from 1. */
export type Expiry = { exp_month: number; exp_year: number }

/** The first instant at which the card is no longer good. */
export function endOfCard({ exp_month, exp_year }: Expiry): Date {
  return new Date(Date.UTC(exp_year, exp_month, 1))
}

/**
 * Whole days until the last day of the card's month; 0 on that day, negative
 * where it is over.
 *
 * @example
 * daysLeft({ exp_month: 12, exp_year: 2026 }, new Date("2026-12-24T12:00:00Z")) // 7
 */
export function daysLeft(expiry: Expiry, now: Date): number {
  return Math.ceil((endOfCard(expiry).getTime() - now.getTime()) / DAY_MS) - 1
}

/** Whether the card is over. */
export function isExpired(expiry: Expiry, now: Date): boolean {
  return now.getTime() >= endOfCard(expiry).getTime()
}

/** Whether the owner should see to it: the card ends within the first warning. */
export function expiresSoon(expiry: Expiry, now: Date): boolean {
  return !isExpired(expiry, now) && daysLeft(expiry, now) <= WARNING_DAYS[0]
}

/**
 * The warning that is due. A card that is first seen in its last days gets only
 * the last warning.
 *
 * @returns null where none is
 */
export function dueWarning(expiry: Expiry, now: Date): WarningDays | null {
  if (isExpired(expiry, now)) {
    return null
  }
  const left = daysLeft(expiry, now)
  return WARNING_DAYS.findLast((days) => left <= days) ?? null
}
