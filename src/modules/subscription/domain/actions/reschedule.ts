import { placeOnDay } from "../../../../shared/calendar"
import { PortalSubscriptionEvents } from "../../../../types/events"
import {
  assertOpen,
  limitsOf,
  outOfBounds,
  type ActionContext,
  type OpenContext,
} from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/**
 * Moves the next charge to another day. Only that one moves: the dates after it
 * are counted from the anchor as before.
 *
 * It must lie in the future, before the period after it, and as far from the
 * charges around it as the safety bound asks, or that bound would stop them.
 *
 * @param date - a day (the charge keeps its local time of day) or an instant
 * @throws CodedError `action_out_of_bounds` with the bounds, `date_invalid`,
 * `date_out_of_range`, and as `assertAllowed`
 *
 * @example
 * reschedule(context, { date: "2026-03-05" })
 */
export function reschedule(
  context: ActionContext,
  { date }: { date: string }
): SubscriptionChange {
  assertOpen("reschedule", context)
  const { subscription, cycle } = context
  const due_at = placeOnDay({
    date,
    timezone: subscription.timezone,
    like: cycle.period_start,
  })
  const { earliest, latest } = boundsOf(context)
  if (due_at < earliest || due_at > latest) {
    throw outOfBounds("date", {
      earliest: earliest.toISOString(),
      latest: latest.toISOString(),
    })
  }
  return {
    cycles: [{ id: cycle.id, set: { due_at, next_attempt_at: due_at } }],
    entry: {
      type: "rescheduled",
      cycle_id: cycle.id,
      data: {
        from: cycle.due_at.toISOString(),
        to: due_at.toISOString(),
      },
      event: PortalSubscriptionEvents.RESCHEDULED,
    },
  }
}

/** The first and the last moment to which the charge may be moved. */
function boundsOf(context: OpenContext): { earliest: Date; latest: Date } {
  const { subscription, cycle, now, safetyHours } = context
  const days = limitsOf(context).reschedule_max_days * DAY_MS
  const apart = safetyHours * HOUR_MS
  const planned = cycle.period_start.getTime()
  const last = subscription.last_charged_at?.getTime() ?? -Infinity
  return {
    earliest: new Date(Math.max(now.getTime(), planned - days, last + apart)),
    latest: new Date(
      Math.min(planned + days, cycle.period_end.getTime() - Math.max(apart, 1))
    ),
  }
}
