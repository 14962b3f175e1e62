import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import type { ActionContext } from "../actions/action-context"
import type { SubscriptionChange } from "../actions/subscription-change"
import { termsPatch } from "./terms"

/**
 * Makes the change that waited for the end of the period true, right before its
 * next period is priced.
 *
 * @param worker - who has the period; another one's is left alone
 * @throws CodedError `charge_in_progress`
 */
export function applyPending(
  { subscription, cycle }: ActionContext,
  worker: string
): SubscriptionChange {
  const pending = subscription.pending_change
  if (!pending || cycle?.status !== "claimed" || cycle.claimed_by !== worker) {
    throw new CodedError("charge_in_progress")
  }
  return {
    subscription: {
      ...termsPatch(subscription, pending, {
        at: cycle.period_start,
        index: cycle.period_index,
      }),
      pending_change: null,
    },
    items: pending.items,
    entry: {
      type: "changed",
      cycle_id: cycle.id,
      data: { when: "period_end", plan_id: pending.plan_id },
      event: PortalSubscriptionEvents.CHANGED,
    },
  }
}
