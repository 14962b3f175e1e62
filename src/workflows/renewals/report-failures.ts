import type { OutcomeEntry } from "../../modules/subscription/queries/record-outcome"
import { PortalSubscriptionEvents } from "../../types/events"
import type { ChargeOutcome } from "../payments/gateway"
import type { Batch, Renewal } from "./batch"
import type { ChargedRenewal } from "./charge-renewals"
import { emitEvents } from "./emit-events"

const ENTRY = {
  declined: {
    type: "payment_failed",
    event_name: PortalSubscriptionEvents.PAYMENT_FAILED,
  },
  action_required: {
    type: "action_required",
    event_name: PortalSubscriptionEvents.ACTION_REQUIRED,
  },
} as const

type Failed = keyof typeof ENTRY

/**
 * What the timeline says of a charge that was declined or waits for the customer;
 * undefined for all others. It is written in the statement that records the outcome.
 *
 * @param facts.is_owed - a charge that somebody asked for before its date leaves
 * nothing owed: whoever asked sees the answer, and no mail worries anybody
 */
export function failureEntry(
  { cycle }: Renewal,
  outcome: ChargeOutcome,
  facts: {
    next_attempt_at: Date | null
    /** When it is given up, where no try is planned before. */
    ends_at: Date | null
    is_last: boolean
    is_owed: boolean
  }
): OutcomeEntry | undefined {
  if (!isFailure(outcome)) {
    return undefined
  }
  const { next_attempt_at, ends_at, is_last, is_owed } = facts
  return {
    ...ENTRY[outcome.status],
    data: {
      attempt: cycle.attempt,
      failure_code: outcome.code,
      is_last,
      next_attempt_at: next_attempt_at?.toISOString() ?? null,
      ...(ends_at && { ends_at: ends_at.toISOString() }),
    },
    dedupe_key: `${cycle.id}:${outcome.status}:${cycle.attempt}`,
    is_noticed: is_owed,
  }
}

/**
 * Sends the events of charges that were declined or wait for the customer. Cycle,
 * subscription and timeline stand already; what a crash holds back now is sent by
 * `settle-unknown-charges`.
 */
export async function reportFailures(
  batch: Batch,
  charged: ChargedRenewal[]
): Promise<void> {
  const failures = charged.filter(({ status }) => status !== null)
  await emitEvents(
    batch.container,
    failures.flatMap(({ renewal, outcome, entry_id, ending }) => {
      const data = {
        id: renewal.subscription.id,
        cycle_id: renewal.cycle.id,
      }
      const failed = isFailure(outcome)
        ? [
            {
              name: ENTRY[outcome.status].event_name,
              data: { ...data, ...(entry_id && { entry_id }) },
            },
          ]
        : []
      return ending
        ? [
            ...failed,
            { name: ending.event_name, data: { ...data, entry_id: ending.id } },
          ]
        : failed
    })
  )
  const sent = failures.flatMap(({ entry_id, ending }) =>
    [entry_id, ending?.id ?? null].filter((id) => id !== null)
  )
  if (sent.length) {
    await batch.subscriptions.markEventsSent(sent)
  }
}

function isFailure(
  outcome: ChargeOutcome
): outcome is Extract<ChargeOutcome, { status: Failed }> {
  return outcome.status === "declined" || outcome.status === "action_required"
}
