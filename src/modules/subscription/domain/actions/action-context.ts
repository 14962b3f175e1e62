import type { PortalErrorCode } from "../../../../errors/codes"
import { CodedError } from "../../../../shared/coded-error"
import { MAX_ACTION_LIMITS } from "../../../../types/action-limits"
import type { ActionLimits } from "../../../../types/subscription"
import type {
  ActionRefusal,
  SubscriptionAction,
} from "../../../../types/available-actions"
import { actionLimits } from "../action-limits"
import { refusalOf, type ActionState } from "../available-actions"
import type { BillingSubscription, CycleRow } from "../billing"

/** Who changes a subscription. */
export type Actor = {
  type: "system" | "customer" | "admin"
  id: string | null
}

/**
 * A subscription as it stands under the lock, and all that a decision about it
 * depends on: nothing else is read, no clock, no database.
 */
export type ActionContext = {
  subscription: BillingSubscription
  /** The open cycle; null where there is none. */
  cycle: CycleRow | null
  /** Coming periods that are left out right before the open one, in order. */
  skipped: CycleRow[]
  /** A change whose charge is open; the open cycle waits for it. */
  change: CycleRow | null
  actor: Actor
  /** The plugin's time. */
  now: Date
  /** Hours that two charges of one subscription must lie apart. */
  safetyHours: number
}

/** A context whose subscription is at a cycle. */
export type OpenContext = ActionContext & { cycle: CycleRow }

/** What the rules of the actions look at. */
export function stateOf(context: ActionContext): ActionState {
  const { subscription, cycle, skipped, change } = context
  return {
    status: subscription.status,
    cancel_at_period_end: subscription.cancel_at_period_end,
    is_parked: subscription.parked_at !== null,
    customer_actions: subscription.plan.customer_actions,
    cycle_status: cycle?.status ?? null,
    change_status: change?.status ?? null,
    skipped_cycles: skipped.length,
    is_prepaid: Boolean(subscription.prepaid_cycles),
  }
}

const CODE: Partial<Record<ActionRefusal, PortalErrorCode>> = {
  not_offered: "action_not_offered",
  charge_in_progress: "charge_in_progress",
}

/**
 * Lets an action through, or says why not. What a plan does not offer is closed to
 * its customers; staff may do it for them.
 *
 * @throws CodedError `action_not_offered`, `charge_in_progress` (409),
 * `subscription_transition_not_allowed`, the reason in `details`
 */
export function assertAllowed(
  action: SubscriptionAction,
  context: ActionContext
): void {
  const reason = refusalOf(action, stateOf(context), {
    ignorePlan: context.actor.type !== "customer",
  })
  if (reason) {
    throw new CodedError(
      CODE[reason] ?? "subscription_transition_not_allowed",
      undefined,
      { action, reason, status: context.subscription.status }
    )
  }
}

/**
 * The same, for an action that needs an open cycle.
 *
 * @throws as {@link assertAllowed}
 */
export function assertOpen(
  action: SubscriptionAction,
  context: ActionContext
): asserts context is OpenContext {
  assertAllowed(action, context)
  if (!context.cycle) {
    throw new CodedError("subscription_transition_not_allowed", undefined, {
      action,
      reason: "no_next_charge",
      status: context.subscription.status,
    })
  }
}

/** How far this actor may go: a plan's limits bind its customers only. */
export function limitsOf({ actor, subscription }: ActionContext): ActionLimits {
  return actor.type === "customer"
    ? actionLimits(subscription.plan.action_limits)
    : MAX_ACTION_LIMITS
}

/**
 * Refuses a value beyond a bound.
 *
 * @throws CodedError `action_out_of_bounds`, with the bound in `details`
 */
export function outOfBounds(
  field: string,
  details: Record<string, unknown>
): CodedError {
  return new CodedError("action_out_of_bounds", undefined, {
    field,
    ...details,
  })
}
