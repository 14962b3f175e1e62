const DAY_MS = 24 * 60 * 60 * 1000

/**
 * When a declined cycle is tried again.
 *
 * Declines have a calendar of their own, apart from trouble on the way to the
 * provider, which is tried again at the next run. After a refusal that no retry
 * can change (a stolen card), only a new payment method helps: there is no date.
 *
 * After a stop of the store the next date may have passed already. The customer's
 * bank is not asked twice in a row then: the days between the tries stay.
 *
 * @param retryDays - days after the first decline, ascending: `[1, 3, 5, 7]`
 * @param declines - how many attempts were declined, this one included
 * @param firstDeclinedAt - the first decline of this cycle
 * @param now - the time of this decline
 * @returns the date; null where no further try is planned
 *
 * @example
 * nextRetryAt({ retryDays: [1, 3], declines: 2, firstDeclinedAt, now, isFinal: false })
 * // three days after the first decline
 */
export function nextRetryAt(input: {
  retryDays: readonly number[]
  declines: number
  firstDeclinedAt: Date
  now: Date
  isFinal: boolean
}): Date | null {
  const days = input.retryDays[input.declines - 1]
  if (input.isFinal || days === undefined) {
    return null
  }
  const planned = input.firstDeclinedAt.getTime() + days * DAY_MS
  const now = input.now.getTime()
  const daysBefore = input.retryDays[input.declines - 2] ?? 0
  return new Date(planned > now ? planned : now + (days - daysBefore) * DAY_MS)
}
