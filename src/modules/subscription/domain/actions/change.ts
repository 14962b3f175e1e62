import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import type { SubscriptionAction } from "../../../../types/available-actions"
import { versionOf } from "../change/version"
import type { PendingChange } from "../change/terms"
import {
  assertOpen,
  type ActionContext,
  type OpenContext,
} from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/**
 * Refuses a change that cannot be made now: by status and plan, and where a charge
 * has failed or has its price already, which the change would make another.
 *
 * @throws CodedError `payment_pending` (409), and as `assertOpen`
 */
export function assertChangeable(
  context: ActionContext,
  actions: readonly SubscriptionAction[]
): asserts context is OpenContext {
  if (context.subscription.status === "past_due") {
    throw new CodedError("payment_pending")
  }
  actions.forEach((action) => {
    assertOpen(action, context)
  })
  if (context.cycle?.quote) {
    throw new CodedError("payment_pending")
  }
}

/**
 * Whether what was computed for a change still holds.
 *
 * @param version - of {@link versionOf}, when it was computed
 */
export function isCurrent(context: ActionContext, version: string): boolean {
  return versionOf(context.subscription, context.cycle) === version
}

/** Keeps a change for the end of the period; it takes the place of another one. */
export function scheduleChange(
  context: ActionContext,
  pending: PendingChange
): SubscriptionChange {
  const starts_at = context.cycle?.period_start.toISOString() ?? null
  return {
    subscription: { pending_change: pending },
    entry: {
      type: "change_scheduled",
      data: { plan_id: pending.plan_id, starts_at },
      event: PortalSubscriptionEvents.CHANGE_SCHEDULED,
    },
  }
}

/**
 * Drops the change that waits: for the end of the period, or for the customer's
 * bank. One whose charge is under way is waited for.
 *
 * @throws CodedError `charge_in_progress`, and
 * `subscription_transition_not_allowed` where none waits
 */
export function dropChange({
  subscription,
  change,
}: ActionContext): SubscriptionChange {
  if (change && change.status !== "action_required") {
    throw new CodedError("charge_in_progress")
  }
  if (!change && !subscription.pending_change) {
    throw new CodedError("subscription_transition_not_allowed", undefined, {
      action: "drop_change",
      reason: "no_change",
      status: subscription.status,
    })
  }
  return {
    ...(change
      ? { dropped_change_id: change.id }
      : { subscription: { pending_change: null } }),
    entry: {
      type: "change_dropped",
      cycle_id: change?.id ?? null,
      data: { when: change ? "now" : "period_end" },
      event: PortalSubscriptionEvents.CHANGE_DROPPED,
    },
  }
}
