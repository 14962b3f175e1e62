/** What becomes of a subscription whose failed charge is given up. */
export const DUNNING_ENDS = ["cancel", "pause", "unpaid"] as const
export type DunningEnd = (typeof DUNNING_ENDS)[number]

/** What a store does about a charge that failed. */
export type DunningPolicy = {
  /** Days after the first decline at which it is tried again, rising. */
  retry_days: number[]
  /** Days after the first decline for which the customer keeps access. */
  grace_days: number
  /** Days that a customer has for the bank's confirmation (3-D Secure). */
  action_required_days: number
  /**
   * `cancel` ends the subscription, `pause` pauses it, `unpaid` leaves it past due
   * without further charges: the customer can pay any time.
   */
  at_end: DunningEnd
}

/** What a plan may say at most. With the first, no more tries than card networks allow. */
export const MAX_RETRIES = 14
export const MAX_RETRY_DAY = 90
export const MAX_GRACE_DAYS = 365
export const MAX_ACTION_DAYS = 30

/** A failed charge, and what comes of it. `Time` as in `subscription-http.ts`. */
export type DunningView<Time = string> = {
  /** Why it failed last: the bank's or the provider's word, or ours. */
  failure_code: string | null
  /** When it failed first; null: no bank was asked. */
  first_failed_at: Time | null
  /** When it is tried again by itself; null: not by itself. */
  next_try_at: Time | null
  /** Tries that are planned still. */
  tries_left: number
  /** Until when the customer can confirm at the bank; null: nothing to confirm. */
  action_until: Time | null
  /** When it is given up although no try is planned; null: with the last try, or it is. */
  ends_at: Time | null
  /** What becomes of the subscription then. */
  at_end: DunningEnd
}
