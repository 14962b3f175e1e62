import type { CycleStatus } from "../../../../types/subscription"
import type { BillingSubscription } from "../billing"
import { isBlocked } from "../dunning"
import { BILLABLE_STATUSES } from "../subscription-machine"
import type { ActionContext } from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

type OpenCycle = {
  /** Null for one that the change would add. */
  id: string | null
  status: CycleStatus
  period_start: Date
  period_end: Date
  due_at: Date
  next_attempt_at: Date | null
  /** Left out for one that the change would add. */
  blocked_method?: string | null
}

/** How a subscription would stand after a change. */
export type Outcome = {
  subscription: BillingSubscription & { ended_at: Date | null }
  /** The period that would be open. */
  cycle: OpenCycle | null
  /** When it would be charged by itself; null: never. */
  charge_at: Date | null
}

const CLOSED: readonly CycleStatus[] = ["completed", "skipped", "canceled"]

/** Nothing more is charged for these by itself. */
const SETTLED: readonly CycleStatus[] = [
  "paid",
  "uncollectible",
  "action_required",
]

/**
 * What a change would come to, before it is written: the same rules as the reads
 * have in SQL (`NEXT_CHARGE_AT`), on what `decide` of an action returned.
 *
 * @example
 * outcomeOf(context, pause(context, { cycles: 2 })).subscription.resumes_at
 */
export function outcomeOf(
  context: ActionContext,
  change: SubscriptionChange
): Outcome {
  const subscription = {
    ...context.subscription,
    ended_at: null,
    ...change.subscription,
  }
  const cycle = openAfter(context, change)
  return { subscription, cycle, charge_at: chargeAt(subscription, cycle) }
}

/** Periods are in order, and those that are added come last. */
function openAfter(
  { cycle, skipped }: ActionContext,
  { cycles: writes = [] }: SubscriptionChange
): OpenCycle | null {
  const before = cycle ? [...skipped, cycle] : skipped
  const after = before.flatMap((row): OpenCycle[] => {
    const write = writes.find((one) => "id" in one && one.id === row.id)
    if (write && "remove" in write) {
      return []
    }
    return [write && "set" in write ? { ...row, ...write.set } : row]
  })
  const added = writes.flatMap((write) =>
    "add" in write ? [{ id: null, ...write.add }] : []
  )
  return (
    [...after, ...added].find(({ status }) => !CLOSED.includes(status)) ?? null
  )
}

function chargeAt(
  subscription: BillingSubscription,
  cycle: OpenCycle | null
): Date | null {
  const { status, cancel_at_period_end, cancel_at } = subscription
  const { parked_at, max_cycles, paid_cycles } = subscription
  const isOver = max_cycles !== null && max_cycles <= paid_cycles
  if (
    !cycle ||
    parked_at ||
    isOver ||
    SETTLED.includes(cycle.status) ||
    isBlocked({ blocked_method: cycle.blocked_method ?? null }, subscription)
  ) {
    return null
  }
  const ends =
    cancel_at_period_end && !(cancel_at && cycle.period_start < cancel_at)
  const bills = BILLABLE_STATUSES.some((billable) => billable === status)
  return bills && !ends ? (cycle.next_attempt_at ?? cycle.due_at) : null
}
