import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import { cyclePeriod } from "../billing-schedule"
import { cycleMachine } from "../cycle-machine"
import {
  assertOpen,
  limitsOf,
  outOfBounds,
  type ActionContext,
} from "./action-context"
import type { NewCycle, SubscriptionChange } from "./subscription-change"

/**
 * Leaves the coming periods out: no charge and no delivery. Later ones keep their
 * dates. A customer may leave out so many at a time as the plan says.
 *
 * @param cycles - how many, from the next one on
 * @throws CodedError `action_out_of_bounds`, and as `assertAllowed`
 *
 * @example
 * skip(context, { cycles: 1 })
 */
export function skip(
  context: ActionContext,
  { cycles = 1 }: { cycles?: number }
): SubscriptionChange {
  assertOpen("skip", context)
  const { cycle, skipped } = context
  const max = limitsOf(context).skip_max_cycles - skipped.length
  if (cycles > max) {
    throw outOfBounds("cycles", { max: Math.max(0, max) })
  }
  const added: NewCycle[] = []
  for (let n = 1; n <= cycles; n += 1) {
    added.push(periodAfter(context, n, n < cycles ? "skipped" : "scheduled"))
  }
  return {
    cycles: [
      {
        id: cycle.id,
        set: {
          status: cycleMachine.next(cycle.status, "skip"),
          next_attempt_at: null,
        },
      },
      ...added.map((add) => ({ add })),
    ],
    entry: {
      type: "skipped",
      cycle_id: cycle.id,
      data: {
        cycles,
        next_charge_at: added.at(-1)?.due_at.toISOString() ?? null,
      },
      event: PortalSubscriptionEvents.SKIPPED,
    },
  }
}

function periodAfter(
  { subscription, cycle }: ActionContext,
  n: number,
  status: "skipped" | "scheduled"
): NewCycle {
  if (!cycle) {
    throw new CodedError("subscription_transition_not_allowed")
  }
  const period_index = cycle.period_index + n
  const { start, end } = cyclePeriod(subscription, period_index)
  return {
    sequence: cycle.sequence + n,
    status,
    period_index,
    period_start: start,
    period_end: end,
    due_at: start,
    next_attempt_at: status === "scheduled" ? start : null,
  }
}

/**
 * Takes all coming periods back that were left out: the first of them is the next
 * charge again.
 *
 * @throws CodedError as `assertAllowed`
 */
export function unskip(context: ActionContext): SubscriptionChange {
  assertOpen("unskip", context)
  const { cycle, skipped } = context
  const [first, ...others] = skipped
  if (!first) {
    throw new CodedError("subscription_transition_not_allowed")
  }
  return {
    cycles: [
      // It was planned only, never priced or charged: nothing refers to it.
      ...[cycle, ...others].map(({ id }) => ({ id, remove: true as const })),
      {
        id: first.id,
        set: {
          status: cycleMachine.next(first.status, "unskip"),
          due_at: first.period_start,
          next_attempt_at: first.period_start,
        },
      },
    ],
    entry: {
      type: "unskipped",
      cycle_id: first.id,
      data: {
        cycles: skipped.length,
        next_charge_at: first.period_start.toISOString(),
      },
      event: PortalSubscriptionEvents.UNSKIPPED,
    },
  }
}
