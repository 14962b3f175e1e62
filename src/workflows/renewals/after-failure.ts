import {
  addDays,
  afterDecline,
  dunningEndsAt,
  dunningOf,
  methodKey,
  plumbingRetryAt,
} from "../../modules/subscription/domain/dunning"
import type {
  CycleOutcome,
  EndingEntry,
} from "../../modules/subscription/queries/record-outcome"
import type { DunningEnd, DunningPolicy } from "../../types/dunning"
import { PortalSubscriptionEvents } from "../../types/events"
import type { ChargeOutcome } from "../payments/gateway"
import type { Batch, Renewal } from "./batch"

/** What an outcome means for the cycle and for the subscription. */
export type Consequence = Pick<
  CycleOutcome,
  | "event"
  | "next_attempt_at"
  | "subscription_event"
  | "failure_code"
  | "failure_message"
  | "blocked_method"
  | "grace_ends_at"
  | "ending"
> & {
  /** When it is given up, where no try is planned before. */
  ends_at?: Date
}

type Outcome<Status extends ChargeOutcome["status"]> = Extract<
  ChargeOutcome,
  { status: Status }
>

/** The policy of a renewal's plan. */
export function policyOf(
  batch: Batch,
  { subscription }: Renewal
): DunningPolicy {
  return dunningOf(subscription.plan, batch.options)
}

/** What follows where the bank said no. */
export async function afterDeclined(
  batch: Batch,
  renewal: Renewal,
  outcome: Outcome<"declined">
): Promise<Consequence> {
  const { cycle, subscription } = renewal
  const policy = policyOf(batch, renewal)
  const history = await batch.subscriptions.getDeclineHistory({
    cycle_id: cycle.id,
    attempt: cycle.attempt,
  })
  const isPlanned = !batch.onDemand && !history.on_demand
  const first_failed_at = dateOf(history.first_failed_at) ?? batch.now
  const decision = afterDecline(policy, {
    declines: history.declines + (isPlanned ? 1 : 0),
    first_failed_at,
    now: batch.now,
    is_final: outcome.is_final,
  })
  const said = {
    failure_code: outcome.code,
    failure_message: outcome.message,
    blocked_method: outcome.is_final
      ? methodKey(subscription.payment_method_id)
      : null,
    grace_ends_at: addDays(first_failed_at, policy.grace_days),
  }
  switch (decision.kind) {
    case "retry":
      return {
        ...said,
        event: "decline",
        subscription_event: "fail_payment",
        next_attempt_at: decision.at,
      }
    case "stop":
      return {
        ...said,
        event: "decline",
        subscription_event: "fail_payment",
        // The run on that day charges nothing: it finds the method blocked.
        next_attempt_at: decision.ends_at,
        ends_at: decision.ends_at,
      }
    case "end":
      return { ...said, ...endOf(renewal, policy.at_end) }
  }
}

/** What follows where the bank wants to hear from the customer. */
export function afterActionRequired(
  batch: Batch,
  renewal: Renewal,
  { code, message }: Outcome<"action_required">
): Consequence {
  const { cycle } = renewal
  const policy = policyOf(batch, renewal)
  const told =
    cycle.failure_code === code ? dateOf(cycle.next_attempt_at) : null
  return {
    event: "require_action",
    subscription_event: "fail_payment",
    // Asking again does not lengthen the time that the customer was told.
    next_attempt_at:
      batch.onDemand && told && told > batch.now
        ? told
        : addDays(batch.now, policy.action_required_days),
    failure_code: code,
    failure_message: message,
    grace_ends_at: addDays(batch.now, policy.grace_days),
  }
}

/** What follows where nobody's bank was asked. */
export async function afterNotCharged(
  batch: Batch,
  renewal: Renewal,
  outcome: Outcome<"not_charged">
): Promise<Consequence> {
  const { cycle } = renewal
  const said = {
    failure_code: outcome.code,
    failure_message: outcome.message,
  }
  if (cycle.due_at > batch.now) {
    // Somebody asked for it before its date, which stays.
    return { ...said, event: "postpone", next_attempt_at: cycle.due_at }
  }
  if (!outcome.free_at) {
    return {
      ...said,
      event: "postpone",
      next_attempt_at: plumbingRetryAt(cycle.provider_failures, batch.now),
    }
  }
  if (batch.onDemand && cycle.next_attempt_at) {
    return {
      ...said,
      event: "postpone",
      next_attempt_at: cycle.next_attempt_at,
    }
  }
  const policy = policyOf(batch, renewal)
  const { first_failed_at } = await batch.subscriptions.getDeclineHistory({
    cycle_id: cycle.id,
    attempt: cycle.attempt,
  })
  const end = dunningEndsAt(policy, dateOf(first_failed_at) ?? batch.now)
  return outcome.free_at <= end || batch.onDemand
    ? { ...said, event: "postpone", next_attempt_at: outcome.free_at }
    : {
        ...said,
        grace_ends_at: addDays(batch.now, policy.grace_days),
        ...endOf(renewal, policy.at_end),
      }
}

const END = {
  cancel: {
    subscription_event: "cancel",
    type: "canceled",
    event_name: PortalSubscriptionEvents.CANCELED,
    is_move: true,
  },
  pause: {
    subscription_event: "pause",
    type: "paused",
    event_name: PortalSubscriptionEvents.PAUSED,
    is_move: true,
  },
  unpaid: {
    subscription_event: "fail_payment",
    type: "payment_given_up",
    event_name: PortalSubscriptionEvents.UNPAID,
    is_move: false,
  },
} as const satisfies Record<
  DunningEnd,
  Pick<CycleOutcome, "subscription_event"> &
    Pick<EndingEntry, "type" | "event_name" | "is_move">
>

/**
 * The end of all tries. The mail of the failed payment says what becomes of the
 * subscription, so that no second one has to.
 */
function endOf(
  { cycle, subscription }: Renewal,
  at_end: DunningEnd
): Pick<Consequence, "event" | "subscription_event" | "ending"> {
  const { subscription_event, ...entry } = END[at_end]
  const isOver = subscription.ended_at !== null
  return {
    event: "give_up",
    subscription_event,
    ending: isOver
      ? undefined
      : {
          ...entry,
          data: { reason: "payment_failed", at_end, attempt: cycle.attempt },
          dedupe_key: `${cycle.id}:given_up:${cycle.attempt}`,
          is_noticed: false,
        },
  }
}

/** What the end by `at_end` is called, in the timeline and to others. */
export const endEntry = (at_end: DunningEnd) => END[at_end]

/** The driver answers dates; JSON within SQL answers text. */
function dateOf(value: Date | string | null): Date | null {
  return value === null ? null : new Date(value)
}
