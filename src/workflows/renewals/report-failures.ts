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

/** A change is not owed: nothing has changed, and who asked for it sees that. */
const CHANGE_FAILED = {
  type: "change_failed",
  event_name: PortalSubscriptionEvents.CHANGE_FAILED,
} as const

type Failed = keyof typeof ENTRY

function entryOf({ cycle }: Renewal, { status }: { status: Failed }) {
  return cycle.kind === "change" ? CHANGE_FAILED : ENTRY[status]
}

/**
 * What the timeline says of a charge that was declined or waits for the customer;
 * undefined for all others. It is written in the statement that records the outcome.
 *
 * @param facts.is_owed - a charge that somebody asked for before its date leaves
 * nothing owed: whoever asked sees the answer, and no mail worries anybody
 */
export function failureEntry(
  renewal: Renewal,
  outcome: ChargeOutcome,
  facts: {
    next_attempt_at: Date | null
    /** When it is given up, where no try is planned before. */
    ends_at: Date | null
    is_last: boolean
    is_owed: boolean
  }
): OutcomeEntry | undefined {
  const { cycle } = renewal
  if (!isFailure(outcome) || waitsForBank(renewal, facts.is_last)) {
    return undefined
  }
  const { next_attempt_at, ends_at, is_last, is_owed } = facts
  return {
    ...entryOf(renewal, outcome),
    data: {
      attempt: cycle.attempt,
      failure_code: outcome.code,
      is_last,
      next_attempt_at: next_attempt_at?.toISOString() ?? null,
      ...(ends_at && { ends_at: ends_at.toISOString() }),
    },
    dedupe_key: `${cycle.id}:${outcome.status}:${cycle.attempt}`,
    is_noticed: is_owed && cycle.kind === "renewal",
  }
}

/** The answer hands the customer what the bank asks for: no news for anybody yet. */
function waitsForBank({ cycle }: Renewal, isLast: boolean): boolean {
  return cycle.kind === "change" && !isLast
}

/**
 * Sends the events of charges that were declined or wait for the customer, and of
 * changes that were made by their charge. Cycle,
 * subscription and timeline stand already; what a crash holds back now is sent by
 * `settle-unknown-charges`.
 */
export async function reportCharges(
  batch: Batch,
  charged: ChargedRenewal[]
): Promise<void> {
  const news = charged.filter(
    ({ renewal, status, entry_id }) =>
      status !== null && (renewal.cycle.kind === "renewal" || entry_id !== null)
  )
  await emitEvents(
    batch.container,
    news.flatMap(({ renewal, outcome, entry_id, ending }) => {
      const data = {
        id: renewal.subscription.id,
        cycle_id: renewal.cycle.id,
      }
      const name = isFailure(outcome)
        ? entryOf(renewal, outcome).event_name
        : entry_id && PortalSubscriptionEvents.CHANGED
      const told = name
        ? [{ name, data: { ...data, ...(entry_id && { entry_id }) } }]
        : []
      return ending
        ? [
            ...told,
            { name: ending.event_name, data: { ...data, entry_id: ending.id } },
          ]
        : told
    })
  )
  const sent = news.flatMap(({ entry_id, ending }) =>
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
