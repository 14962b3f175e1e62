import { PortalSubscriptionEvents } from "../../../../types/events"
import { billingDateOf, nextPeriodIndex } from "../billing-schedule"
import { subscriptionMachine } from "../subscription-machine"
import {
  assertOpen,
  limitsOf,
  outOfBounds,
  type ActionContext,
  type OpenContext,
} from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

const DAY_MS = 24 * 60 * 60 * 1000

/** Until a moment, for some periods, or, with neither, until somebody resumes. */
export type PauseInput = { until?: Date; cycles?: number }

/**
 * Pauses a subscription. Nothing is charged in a pause, a failed charge is not
 * tried again, and the billing dates go on being counted from the anchor.
 *
 * @throws CodedError `action_out_of_bounds`, and as `assertAllowed`
 *
 * @example
 * pause(context, { cycles: 2 }).subscription?.resumes_at // start of the third period
 */
export function pause(
  context: ActionContext,
  input: PauseInput
): SubscriptionChange {
  assertOpen("pause", context)
  const { subscription, cycle, now } = context
  const resumes_at = resumeDate(context, input)
  return {
    subscription: {
      status: subscriptionMachine.next(subscription.status, "pause"),
      paused_at: now,
      resumes_at,
    },
    // Without a date no worker takes it; `resume` gives it one.
    cycles: [{ id: cycle.id, set: { next_attempt_at: null } }],
    entry: {
      type: "paused",
      data: { resumes_at: resumes_at?.toISOString() ?? null },
      event: PortalSubscriptionEvents.PAUSED,
    },
  }
}

function resumeDate(
  context: OpenContext,
  { until, cycles }: PauseInput
): Date | null {
  const { subscription, cycle, now } = context
  const limits = limitsOf(context)
  if (until) {
    const latest = new Date(now.getTime() + limits.pause_max_days * DAY_MS)
    if (until <= now || until > latest) {
      throw outOfBounds("until", {
        after: now.toISOString(),
        latest: latest.toISOString(),
      })
    }
    return until
  }
  if (cycles === undefined) {
    return null
  }
  if (cycles > limits.pause_max_cycles) {
    throw outOfBounds("cycles", { max: limits.pause_max_cycles })
  }
  // A charge that has failed counts for the period that runs: it is over.
  const first = Math.max(cycle.period_index, nextPeriodIndex(subscription, now))
  return billingDateOf(subscription, first + cycles)
}
