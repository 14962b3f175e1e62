import type { OpenContext } from "../../modules/subscription/domain/actions/action-context"
import type { SubscriptionChange } from "../../modules/subscription/domain/actions/subscription-change"
import {
  termsPatch,
  type NewAnchor,
  type PaidPeriod,
} from "../../modules/subscription/domain/change/terms"
import { PortalSubscriptionEvents } from "../../types/events"
import type {
  ChangeTime,
  ProrationChoice,
} from "../../types/subscription-change-http"
import type { ResolvedTerms } from "./resolve-terms"

/** A change as it is to be computed. */
export type ChangeTask = {
  context: OpenContext
  resolved: ResolvedTerms
  when: ChangeTime
  proration: ProrationChoice
  at: Date
  /** What is paid for now; null: nothing. */
  paid: PaidPeriod | null
}

/** What a change now writes of the subscription, whatever it costs. */
export function writeOf(
  { context: { subscription }, resolved, at }: ChangeTask,
  anchor: NewAnchor,
  more: SubscriptionChange["subscription"]
): SubscriptionChange {
  const { terms } = resolved
  return {
    subscription: {
      ...termsPatch(subscription, terms, anchor),
      pending_change: null,
      ...more,
    },
    items: terms.items,
    entry: {
      type: "changed",
      data: { when: "now", plan_id: terms.plan_id, at: at.toISOString() },
      event: PortalSubscriptionEvents.CHANGED,
    },
  }
}

/** The period that comes, with which a new rhythm begins. */
export function nextAnchor({ cycle }: OpenContext): NewAnchor {
  return { at: cycle.period_start, index: cycle.period_index }
}

/** When the coming period is charged. */
export function nextDate({ cycle }: OpenContext): Date {
  return cycle.next_attempt_at ?? cycle.due_at
}
