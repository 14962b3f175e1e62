import type { DunningPolicy, DunningView } from "../../../types/dunning"
import type { CycleStatus } from "../../../types/subscription"
import { dunningEndsAt, methodKey } from "./dunning"

/** The open period of a subscription, as far as its failed charge goes. */
export type FailedCharge = {
  cycle_status: CycleStatus | null
  cycle_failure_code: string | null
  cycle_next_attempt_at: Date | null
  cycle_blocked_method: string | null
  payment_method_id: string | null
  /** Planned tries that were declined. */
  declines: number
  first_failed_at: Date | string | null
}

const FAILED: readonly (CycleStatus | null)[] = [
  "retry_scheduled",
  "action_required",
  "uncollectible",
]

/**
 * Why the open period is not paid, and what comes of it.
 *
 * @returns null where no charge of it has failed
 *
 * @example
 * dunningView(row, policy)?.tries_left // 3
 */
export function dunningView(
  row: FailedCharge,
  policy: DunningPolicy
): DunningView<Date> | null {
  const { cycle_status: status, cycle_next_attempt_at: next } = row
  if (!FAILED.includes(status) || row.cycle_failure_code === null) {
    return null
  }
  const first = row.first_failed_at ? new Date(row.first_failed_at) : null
  const isBlocked =
    row.cycle_blocked_method === methodKey(row.payment_method_id)
  const isTried = status === "retry_scheduled" && !isBlocked && next !== null
  return {
    failure_code: row.cycle_failure_code,
    first_failed_at: first,
    next_try_at: isTried ? next : null,
    tries_left: triesLeft(row, policy, isTried),
    action_until: status === "action_required" ? next : null,
    ends_at:
      status === "retry_scheduled" && isBlocked
        ? (next ?? (first && dunningEndsAt(policy, first)))
        : null,
    at_end: policy.at_end,
  }
}

/** The first try is none of the plan's days. */
function triesLeft(
  { cycle_status, declines }: FailedCharge,
  { retry_days }: DunningPolicy,
  isTried: boolean
): number {
  if (cycle_status === "action_required") {
    return Math.max(0, retry_days.length - declines)
  }
  return isTried
    ? Math.max(0, retry_days.length - Math.max(0, declines - 1))
    : 0
}
