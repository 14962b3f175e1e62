/**
 * What is done about failed charges. A plan says it, or the options do.
 *
 * It is read when it is decided and not copied at the purchase: a merchant who
 * changes it means the customers whose charges fail from now on. What a customer was
 * told stays: the date of the next try is in the cycle, the end of the grace in the
 * subscription, both from the day on which they were decided.
 */
import {
  DUNNING_ENDS,
  MAX_ACTION_DAYS,
  MAX_GRACE_DAYS,
  MAX_RETRIES,
  MAX_RETRY_DAY,
  type DunningPolicy,
} from "../../../types/dunning"
import type { BillingSubscription, CycleRow } from "./billing"
import { nextRetryAt } from "./retry-schedule"

const MINUTE_MS = 60 * 1000
export const DAY_MS = 24 * 60 * MINUTE_MS

const FIRST_PLUMBING_MS = 5 * MINUTE_MS
const LONGEST_PLUMBING_MS = 4 * 60 * MINUTE_MS

/** What the options say, for plans that say nothing. */
export type DunningDefaults = {
  retryDays: readonly number[]
  graceDays: number
  actionRequiredDays: number
  afterLastRetry: "past_due" | "pause" | "cancel"
}

/**
 * The policy of a plan, every field set.
 *
 * @example
 * dunningOf({ at_end: "pause" }, options).retry_days // [1, 3, 5, 7]
 */
export function dunningOf(
  plan: { dunning?: Partial<DunningPolicy> | null },
  defaults: DunningDefaults
): DunningPolicy {
  const { afterLastRetry: last } = defaults
  return {
    retry_days: [...defaults.retryDays],
    grace_days: defaults.graceDays,
    action_required_days: defaults.actionRequiredDays,
    at_end: last === "past_due" ? "unpaid" : last,
    ...plan.dunning,
  }
}

/** What of a plan's policy cannot be; empty for a good one. Paths as in the plan. */
export function dunningIssues(
  dunning: Partial<DunningPolicy> | null
): { path: string; message: string }[] {
  const { retry_days, grace_days, action_required_days, at_end } = dunning ?? {}
  return [
    ...(retry_days ? retryIssues(retry_days) : []),
    ...days("grace_days", grace_days, 0, MAX_GRACE_DAYS),
    ...days("action_required_days", action_required_days, 1, MAX_ACTION_DAYS),
    ...(at_end === undefined || DUNNING_ENDS.includes(at_end)
      ? []
      : [issue("at_end", `must be one of ${DUNNING_ENDS.join(", ")}`)]),
  ]
}

function retryIssues(retryDays: readonly number[]) {
  if (retryDays.length > MAX_RETRIES) {
    return [issue("retry_days", `must be at most ${MAX_RETRIES} days`)]
  }
  return retryDays.flatMap((day, index) => {
    const name = `retry_days.${index}`
    const wrong = days(name, day, 1, MAX_RETRY_DAY)
    const before = retryDays[index - 1] ?? 0
    return wrong.length || day > before
      ? wrong
      : [issue(name, "must be later than the day before it")]
  })
}

function days(
  name: string,
  value: number | undefined,
  min: number,
  max: number
) {
  return value === undefined ||
    (Number.isInteger(value) && value >= min && value <= max)
    ? []
    : [issue(name, `must be a whole number from ${min} to ${max}`)]
}

const issue = (name: string, message: string) => ({
  path: `dunning.${name}`,
  message,
})

/** What follows a decline. */
export type DeclineDecision =
  | { kind: "retry"; at: Date }
  /** This payment method is asked no more; another one has until then. */
  | { kind: "stop"; ends_at: Date }
  | { kind: "end" }

/**
 * Decides what follows a decline. Soft ones are tried again by the plan's days. A
 * hard one ends the tries with this payment method, and not yet the subscription:
 * its customer has until the last of those days to give another one.
 *
 * @param declines - planned tries that were declined; those that somebody asked for
 * between them use up none of the days
 * @param first_failed_at - the first try of this period that failed
 */
export function afterDecline(
  { retry_days, at_end }: Pick<DunningPolicy, "retry_days" | "at_end">,
  facts: {
    declines: number
    first_failed_at: Date
    now: Date
    is_final: boolean
  }
): DeclineDecision {
  const { first_failed_at, now, is_final } = facts
  if (is_final) {
    const ends_at = dunningEndsAt({ retry_days }, first_failed_at)
    return at_end === "unpaid" || ends_at <= now
      ? { kind: "end" }
      : { kind: "stop", ends_at }
  }
  const at = nextRetryAt({
    retryDays: retry_days,
    declines: Math.max(facts.declines, 1),
    firstDeclinedAt: first_failed_at,
    now,
    isFinal: false,
  })
  return at ? { kind: "retry", at } : { kind: "end" }
}

/** The last day on which the period is tried, or waits for another method. */
export function dunningEndsAt(
  { retry_days }: Pick<DunningPolicy, "retry_days">,
  first_failed_at: Date
): Date {
  return addDays(first_failed_at, retry_days.at(-1) ?? 0)
}

/**
 * When the way to the provider is tried again: with the next run, then after five
 * minutes, then each time after twice as long, up to four hours. It says nothing of the customer, so it never
 * ends and uses up no try.
 *
 * @param failures - how often in a row it failed before
 */
export function plumbingRetryAt(failures: number, now: Date): Date {
  const wait =
    failures > 0 ? FIRST_PLUMBING_MS * 2 ** Math.min(failures - 1, 16) : 0
  return new Date(now.getTime() + Math.min(wait, LONGEST_PLUMBING_MS))
}

/**
 * Whether the bank refused the subscription's present payment method for good.
 * Another one lifts that by itself.
 */
export function isBlocked(
  { blocked_method }: Pick<CycleRow, "blocked_method">,
  { payment_method_id }: Pick<BillingSubscription, "payment_method_id">
): boolean {
  return blocked_method === methodKey(payment_method_id)
}

/** A payment method as `blocked_method` has it: none at all is one as well. */
export function methodKey(paymentMethodId: string | null): string {
  return paymentMethodId ?? ""
}

/** The same time of day so many days later, in UTC. */
export function addDays(date: Date, count: number): Date {
  return new Date(date.getTime() + count * DAY_MS)
}
