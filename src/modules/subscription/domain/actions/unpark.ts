import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import type { ActionContext } from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/**
 * Lets the charges of a parked subscription go on, after a person has looked at
 * it. What is due then is charged by the next run.
 *
 * @throws CodedError `subscription_transition_not_allowed` where it is not parked
 */
export function unpark({
  subscription,
  cycle,
}: ActionContext): SubscriptionChange {
  if (!subscription.parked_at) {
    throw new CodedError("subscription_transition_not_allowed", undefined, {
      reason: "not_parked",
      status: subscription.status,
    })
  }
  const isHeld =
    cycle?.status === "retry_scheduled" && cycle.next_attempt_at === null
  return {
    subscription: { parked_at: null, parked_reason: null },
    // The run that parked it, or met it parked, took its date away.
    cycles:
      cycle && isHeld && subscription.status !== "paused"
        ? [{ id: cycle.id, set: { next_attempt_at: cycle.due_at } }]
        : [],
    entry: { type: "unparked", event: PortalSubscriptionEvents.UNPARKED },
  }
}
