import { PortalSubscriptionEvents } from "../../../../types/events"
import type { CycleRow } from "../billing"
import {
  currentPeriodIndex,
  cyclePeriod,
  firstPeriodFrom,
} from "../billing-schedule"
import { cycleMachine } from "../cycle-machine"
import { subscriptionMachine } from "../subscription-machine"
import {
  assertOpen,
  type ActionContext,
  type OpenContext,
} from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/**
 * `now`: the period that runs is charged at once, where it is not paid yet.
 * `next_period`: the next charge is at the start of the next one.
 */
export type ResumeInput = { charge: "now" | "next_period" }

/**
 * Ends a pause. Whatever its length and the plan's way with missed periods, at
 * most one period is charged, and none twice: what passed in the pause is left out.
 *
 * @throws CodedError as `assertAllowed`
 *
 * @example
 * // Paid until 1 March, paused since, resumed on 10 September:
 * resume(context, { charge: "next_period" }) // charged on 1 October
 */
export function resume(
  context: ActionContext,
  { charge }: ResumeInput
): SubscriptionChange {
  assertOpen("resume", context)
  const { subscription, cycle, now } = context
  const current = currentPeriodIndex(subscription, cycle.period_index, now)
  const isRunning = cyclePeriod(subscription, current).start <= now
  const index = isRunning && charge === "next_period" ? current + 1 : current
  return changeTo(context, index, dueDate(context, index, now))
}

/**
 * Ends a pause whose date has come: the next charge is at the first period that
 * starts on that date or after it, however late this runs.
 *
 * @throws CodedError as `assertAllowed`
 */
export function resumeOnDate(context: ActionContext): SubscriptionChange {
  assertOpen("resume", context)
  const { subscription, cycle, now } = context
  const index = Math.max(
    cycle.period_index,
    firstPeriodFrom(subscription, subscription.resumes_at ?? now)
  )
  const from = subscription.resumes_at ?? now
  return changeTo(context, index, dueDate(context, index, from))
}

/** When a period is charged: not before a moment, and where it was moved to. */
function dueDate(
  { subscription, cycle }: OpenContext,
  period_index: number,
  from: Date
): Date {
  if (period_index === cycle.period_index && cycle.due_at > from) {
    return cycle.due_at
  }
  const { start } = cyclePeriod(subscription, period_index)
  return start > from ? start : from
}

function changeTo(
  { subscription, cycle, now }: OpenContext,
  period_index: number,
  due_at: Date
): SubscriptionChange {
  const { start, end } = cyclePeriod(subscription, period_index)
  const period = { period_index, period_start: start, period_end: end }
  const planned = { due_at, next_attempt_at: due_at }
  return {
    subscription: {
      status: subscriptionMachine.next(subscription.status, "resume"),
      paused_at: null,
      resumes_at: null,
    },
    cycles: cyclesOf(cycle, period, planned),
    entry: {
      type: "resumed",
      data: { next_charge_at: due_at.toISOString() },
      event: PortalSubscriptionEvents.RESUMED,
    },
    charge_now: due_at <= now,
  }
}

function cyclesOf(
  cycle: CycleRow,
  period: { period_index: number; period_start: Date; period_end: Date },
  planned: { due_at: Date; next_attempt_at: Date }
): SubscriptionChange["cycles"] {
  if (!cycle.quote) {
    return [{ id: cycle.id, set: { ...period, ...planned } }]
  }
  if (cycle.period_index === period.period_index) {
    return [
      {
        id: cycle.id,
        set: {
          status: cycleMachine.next(cycle.status, "retry"),
          next_attempt_at: planned.next_attempt_at,
        },
      },
    ]
  }
  // It has a payment of its own, for a period that is over: that one is given up,
  // and no later success of it may be mistaken for the new period's.
  return [
    {
      id: cycle.id,
      set: {
        status: cycleMachine.next(cycle.status, "cancel"),
        next_attempt_at: null,
      },
    },
    {
      add: {
        sequence: cycle.sequence + 1,
        status: "scheduled",
        ...period,
        ...planned,
      },
    },
  ]
}
