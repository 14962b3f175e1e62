import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import type {
  CycleStatus,
  SubscriptionStatus,
} from "../../../../types/subscription"
import type { CycleRow } from "../billing"
import { cycleMachine } from "../cycle-machine"
import { assertAllowed, type ActionContext } from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/** A saved method of the customer's, looked up at its provider. */
export type MethodInput = {
  provider_id: string
  account_holder_id: string
  payment_method_id: string
}

const FAILED: readonly CycleStatus[] = [
  "retry_scheduled",
  "action_required",
  "uncollectible",
]

const OWING: readonly SubscriptionStatus[] = ["past_due", "incomplete"]

/**
 * Lets a subscription be paid with another method. A charge that has failed is due at
 * once with it; its period is named by the entry, and whoever asked charges it after
 * the commit. Where a crash comes in between, the renewal job does.
 *
 * A payment that waits at one provider cannot be moved to another one, nor to another
 * of the customer's accounts there: that is refused while it waits.
 *
 * @throws CodedError `payment_pending` (409), and as `assertAllowed`
 */
export function changePaymentMethod(
  context: ActionContext,
  method: MethodInput
): SubscriptionChange {
  assertAllowed("change_payment_method", context)
  const { subscription, cycle, now } = context
  if (cycle && isBoundElsewhere(cycle, subscription, method)) {
    throw new CodedError("payment_pending")
  }
  const isOwed =
    cycle !== null &&
    OWING.includes(subscription.status) &&
    subscription.parked_at === null &&
    FAILED.includes(cycle.status)
  return {
    subscription: method,
    cycles: isOwed
      ? [
          {
            id: cycle.id,
            set: {
              status: cycleMachine.next(cycle.status, "retry"),
              next_attempt_at: now,
            },
          },
        ]
      : [],
    entry: {
      type: "payment_method_changed",
      cycle_id: isOwed ? cycle.id : null,
      data: {
        provider_id: method.provider_id,
        payment_method_id: method.payment_method_id,
      },
      event: PortalSubscriptionEvents.PAYMENT_METHOD_CHANGED,
    },
  }
}

function isBoundElsewhere(
  { provider_id, payment_session_id }: CycleRow,
  { account_holder_id }: ActionContext["subscription"],
  method: MethodInput
): boolean {
  return (
    (provider_id !== null && provider_id !== method.provider_id) ||
    (payment_session_id !== null &&
      account_holder_id !== null &&
      account_holder_id !== method.account_holder_id)
  )
}
