const DAY_MS = 24 * 60 * 60 * 1000

/**
 * When a declined cycle is tried again.
 *
 * Declines have a calendar of their own, apart from trouble on the way to the
 * provider, which is tried again at the next run. After a refusal that no retry
 * can change (a stolen card), only a new payment method helps: there is no date.
 *
 * @param retryDays - days after the first decline, ascending: `[1, 3, 5, 7]`
 * @param declines - how many attempts were declined, this one included
 * @param firstDeclinedAt - the first decline of this cycle
 * @returns the date; null where no further try is planned
 *
 * @example
 * nextRetryAt({ retryDays: [1, 3], declines: 2, firstDeclinedAt, isFinal: false })
 * // three days after the first decline
 */
export function nextRetryAt(input: {
  retryDays: readonly number[]
  declines: number
  firstDeclinedAt: Date
  isFinal: boolean
}): Date | null {
  const days = input.retryDays[input.declines - 1]
  if (input.isFinal || days === undefined) {
    return null
  }
  return new Date(input.firstDeclinedAt.getTime() + days * DAY_MS)
}
