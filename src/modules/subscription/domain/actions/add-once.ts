import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import { MAX_ONE_OFF_ITEMS } from "../../../../types/one-off-http"
import type { BillingOneOff } from "../billing"
import { assertOpen, outOfBounds, type ActionContext } from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/** What an action writes about one-off lines. */
export type OneOffWrite = { add: BillingOneOff } | { remove: string }

/**
 * Adds a variant once, to the next order. It is charged with that order's period,
 * at the price of that day.
 *
 * @param seen - ids of the lines that the customer agreed to have beside it; left
 * out: whatever there is
 * @throws CodedError `action_out_of_bounds` beyond {@link MAX_ONE_OFF_ITEMS} lines,
 * `expected_total` (409) where there are others by now, and as `assertAllowed`
 *
 * @example
 * addOnce(context, { line: { id: "sone_1", quantity: 2, ...variant } })
 */
export function addOnce(
  context: ActionContext,
  { line, seen }: { line: BillingOneOff; seen?: readonly string[] }
): SubscriptionChange {
  assertHasCharge(context)
  const waiting = context.subscription.one_offs ?? []
  if (waiting.length >= MAX_ONE_OFF_ITEMS) {
    throw outOfBounds("variant_id", { max: MAX_ONE_OFF_ITEMS })
  }
  if (seen && waiting.map(({ id }) => id).join() !== seen.join()) {
    throw new CodedError("expected_total")
  }
  return {
    one_offs: [{ add: line }],
    entry: {
      type: "one_off_added",
      data: { title: line.title, quantity: line.quantity },
      event: PortalSubscriptionEvents.ONE_OFF_ADDED,
    },
  }
}

/**
 * Takes a one-off line back before it is charged.
 *
 * @throws CodedError `payment_pending` (409) where an open charge has it,
 * `not_found`, and as `assertAllowed`
 */
export function removeOnce(
  context: ActionContext,
  { line_id }: { line_id: string }
): SubscriptionChange {
  const { subscription, cycle } = context
  if (cycle?.quote?.items.some((item) => item.one_off_id === line_id)) {
    throw new CodedError(
      cycle.status === "retry_scheduled" || cycle.status === "uncollectible"
        ? "payment_pending"
        : "charge_in_progress"
    )
  }
  if (cycle?.status === "claimed" || cycle?.status === "priced") {
    throw new CodedError("charge_in_progress")
  }
  const line = subscription.one_offs?.find(({ id }) => id === line_id)
  if (!line) {
    throw new CodedError("not_found")
  }
  return {
    one_offs: [{ remove: line_id }],
    entry: {
      type: "one_off_removed",
      data: { title: line.title, quantity: line.quantity },
      event: PortalSubscriptionEvents.ONE_OFF_REMOVED,
    },
  }
}

/** What is added to an order that never comes would be lost. */
function assertHasCharge(context: ActionContext): void {
  assertOpen("add_once", context)
  const { max_cycles, paid_cycles, status } = context.subscription
  if (max_cycles !== null && max_cycles <= paid_cycles) {
    throw new CodedError("subscription_transition_not_allowed", undefined, {
      action: "add_once",
      reason: "no_next_charge",
      status,
    })
  }
}
