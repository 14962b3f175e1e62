import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import type { CancellationReason } from "../../../../types/subscription"
import type { BillingSubscription, CycleRow } from "../billing"
import { billingDateOf } from "../billing-schedule"
import { cycleMachine } from "../cycle-machine"
import { periodsToEnd } from "../prepaid"
import { subscriptionMachine } from "../subscription-machine"
import { assertAllowed, type ActionContext } from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/** When it ends, and why, as far as the customer says. */
export type CancelInput = {
  when: "period_end" | "now"
  reason_code?: CancellationReason
  comment?: string
  /** An offer that the customer was shown and did not want. */
  offer_declined?: string
}

/**
 * Periods of the minimum term that are still to be paid. It begins with the first
 * paid period: in a trial nothing is agreed to yet.
 */
export function termLeft({
  min_cycles: min,
  paid_cycles: paid,
}: Pick<BillingSubscription, "min_cycles" | "paid_cycles">): number {
  return min === null || paid === 0 ? 0 : Math.max(0, min - paid)
}

/**
 * When a subscription ends that is canceled for the end of its period: with what
 * is paid (prepaid periods included), with its trial, or with its minimum term, which binds customers and not
 * staff. Where nothing is paid ahead (a failed charge, a pause), that is now.
 */
export function endOfPeriod(context: ActionContext): Date {
  const { subscription, cycle, skipped, actor, now } = context
  const next = skipped[0] ?? cycle
  const left = periodsToEnd(
    subscription,
    actor.type === "customer" ? termLeft(subscription) : 0
  )
  if (next && left > 0) {
    return billingDateOf(subscription, (cycle ?? next).period_index + left)
  }
  return next && next.period_start > now && subscription.status !== "incomplete"
    ? next.period_start
    : now
}

/**
 * Cancels a subscription: for the end of its period, until when it can be undone,
 * or at once. No charge comes after it but those of a minimum term, and a charge
 * that failed is not tried again.
 *
 * @throws CodedError `minimum_term_running`, and as `assertAllowed`
 *
 * @example
 * cancel(context, { when: "period_end" }).subscription?.cancel_at
 */
export function cancel(
  context: ActionContext,
  input: CancelInput
): SubscriptionChange {
  assertAllowed("cancel", context)
  const { subscription, actor, now } = context
  if (
    input.when === "now" &&
    actor.type === "customer" &&
    termLeft(subscription) > 0
  ) {
    throw new CodedError("minimum_term_running", undefined, {
      ends_at: endOfPeriod(context).toISOString(),
    })
  }
  const ends_at = input.when === "now" ? now : endOfPeriod(context)
  const said = {
    cancel_requested_at: now,
    cancel_reason_code: input.reason_code ?? null,
    cancel_comment: input.comment ?? null,
  }
  const data = {
    ends_at: ends_at.toISOString(),
    reason_code: input.reason_code ?? null,
    offer_declined: input.offer_declined ?? null,
  }
  return ends_at <= now
    ? endNow(context, said, data)
    : endLater(context, ends_at, said, data)
}

type Said = Pick<
  NonNullable<SubscriptionChange["subscription"]>,
  "cancel_requested_at" | "cancel_reason_code" | "cancel_comment"
>

function endNow(
  { subscription, cycle, change, now }: ActionContext,
  said: Said,
  data: Record<string, unknown>
): SubscriptionChange {
  const isOpen = cycle && cycleMachine.can(cycle.status, "cancel")
  return {
    subscription: {
      ...said,
      status: subscriptionMachine.next(subscription.status, "cancel"),
      cancel_at_period_end: false,
      cancel_at: null,
      canceled_at: now,
      ended_at: now,
      ...noPending(subscription),
    },
    ...waiting(change),
    // One that only the provider knows about settles by itself, and is the last.
    cycles: isOpen
      ? [
          {
            id: cycle.id,
            set: {
              status: cycleMachine.next(cycle.status, "cancel"),
              next_attempt_at: null,
            },
          },
        ]
      : [],
    entry: {
      type: "canceled",
      data,
      event: PortalSubscriptionEvents.CANCELED,
    },
  }
}

/** What was to come with the next period comes no more. */
function noPending({ pending_change }: BillingSubscription) {
  return pending_change ? { pending_change: null } : {}
}

/** A change that waits for the customer's bank is given up. */
function waiting(change: CycleRow | null) {
  return change?.status === "action_required"
    ? { dropped_change_id: change.id }
    : {}
}

function endLater(
  { subscription, cycle, change }: ActionContext,
  cancel_at: Date,
  said: Said,
  data: Record<string, unknown>
): SubscriptionChange {
  const isLast = cycle && cycle.period_start >= cancel_at
  return {
    subscription: {
      ...said,
      cancel_at_period_end: true,
      cancel_at,
      ...noPending(subscription),
    },
    ...waiting(change),
    // The run that would charge the period is the one that ends it, on that date,
    // wherever the charge was moved to, and in a pause too.
    cycles: isLast
      ? [{ id: cycle.id, set: { next_attempt_at: cancel_at } }]
      : [],
    entry: {
      type: "cancel_scheduled",
      data,
      event: PortalSubscriptionEvents.CANCEL_SCHEDULED,
    },
  }
}

/**
 * Undoes a cancellation before the subscription has ended: it goes on as if nothing
 * had been said.
 *
 * @throws CodedError as `assertAllowed`
 */
export function reactivate(context: ActionContext): SubscriptionChange {
  assertAllowed("reactivate", context)
  const { subscription, cycle } = context
  const isWaiting =
    cycle?.status === "scheduled" && subscription.status !== "paused"
  return {
    subscription: {
      cancel_at_period_end: false,
      cancel_at: null,
      cancel_requested_at: null,
      cancel_reason_code: null,
      cancel_comment: null,
    },
    cycles: cycle
      ? [
          {
            id: cycle.id,
            set: { next_attempt_at: isWaiting ? cycle.due_at : null },
          },
        ]
      : [],
    entry: {
      type: "reactivated",
      event: PortalSubscriptionEvents.REACTIVATED,
    },
  }
}
