import { nextRetryAt } from "../../modules/subscription/domain/retry-schedule"
import type { CycleOutcome } from "../../modules/subscription/queries/record-outcome"
import type { CycleStatus } from "../../types/subscription"
import { gatewayFor } from "../payments/gateway"
import type { ChargeOutcome, OffSessionCharge } from "../payments/gateway"
import type { Batch, Renewal } from "./batch"
import { logFailure } from "./log-failure"
import type { PricedRenewal } from "./price-renewals"
import { failureEntry } from "./report-failures"

/** What a charge came to, and where its cycle stands now. */
export type ChargedRenewal<R extends Renewal = Renewal> = {
  renewal: R
  outcome: ChargeOutcome
  /** Null: the outcome came too late to change the cycle. */
  status: CycleStatus | null
  /** The entry of the timeline that tells of a failure; null: none was written. */
  entry_id: string | null
}

/**
 * Charges renewals whose payments are open. An attempt is committed before the
 * provider is called, and each outcome is written down as soon as it is known:
 * nothing stands between a charge and its record.
 *
 * Attempts are recorded for as many cycles as are called at once, and not for the
 * whole batch: a lease covers a call, not the wait for it.
 */
export async function chargeRenewals(
  batch: Batch,
  renewals: PricedRenewal[]
): Promise<ChargedRenewal<PricedRenewal>[]> {
  const { concurrency } = batch.options
  const charged: ChargedRenewal<PricedRenewal>[] = []
  for (let from = 0; from < renewals.length; from += concurrency) {
    charged.push(
      ...(await chargeAtOnce(batch, renewals.slice(from, from + concurrency)))
    )
  }
  return charged
}

async function chargeAtOnce(
  batch: Batch,
  renewals: PricedRenewal[]
): Promise<ChargedRenewal<PricedRenewal>[]> {
  const started = await batch.subscriptions.startCharges({
    worker: batch.worker,
    leaseSeconds: batch.leaseSeconds,
    now: batch.now,
    charges: renewals.map(({ cycle, subscription }) => ({
      id: cycle.id,
      payment_method_id: subscription.payment_method_id,
    })),
  })
  const byCycle = new Map(started.map((charge) => [charge.cycle_id, charge]))
  const charged = await Promise.all(
    renewals.map(async (renewal) => {
      const start = byCycle.get(renewal.cycle.id)
      if (!start) {
        // Another worker owns it, and charges it.
        return null
      }
      const cycle = { ...renewal.cycle, attempt: start.attempt }
      const charge = chargeOf({ ...renewal, cycle }, start.idempotency_key)
      const outcome = await gatewayFor(
        batch.container,
        charge.provider_id
      ).charge(charge)
      try {
        return await recordCharge(batch, { ...renewal, cycle }, outcome)
      } catch (error) {
        // It stays in the middle of its charge: the provider is asked later.
        logFailure(batch, cycle.id, "has an outcome not recorded yet", error)
        return null
      }
    })
  )
  return charged.filter((one) => one !== null)
}

/** The charge of a cycle, as its provider's gateway takes it. */
export function chargeOf(
  { cycle, subscription }: Renewal,
  idempotencyKey: string
): OffSessionCharge {
  return {
    provider_id: cycle.provider_id ?? "",
    payment_session_id: cycle.payment_session_id ?? "",
    provider_payment_id: cycle.provider_payment_id,
    payment_method_id: subscription.payment_method_id,
    idempotency_key: idempotencyKey,
  }
}

/** Writes down what became of a charge, whoever learned of it. */
export async function recordCharge<R extends Renewal>(
  batch: Batch,
  renewal: R,
  outcome: ChargeOutcome
): Promise<ChargedRenewal<R>> {
  const result = await consequence(batch, renewal, outcome)
  const recorded = await batch.subscriptions.recordCycleOutcome({
    cycle_id: renewal.cycle.id,
    attempt: renewal.cycle.attempt,
    now: batch.now,
    askAfterSeconds: batch.leaseSeconds,
    ...result,
    entry: failureEntry(renewal, outcome, {
      next_attempt_at: result.next_attempt_at ?? null,
      is_last: result.event === "give_up",
      is_owed: renewal.cycle.due_at <= batch.now,
    }),
  })
  return { renewal, outcome, ...recorded }
}

/**
 * A charge that somebody asked for before its date and that failed: nothing is
 * owed yet, so the subscription is not past due, and it is charged on its date.
 */
function early(
  { due_at }: Renewal["cycle"],
  { code, message }: { code: string; message: string }
): Consequence {
  return {
    event: "decline",
    next_attempt_at: due_at,
    failure_code: code,
    failure_message: message,
  }
}

type Consequence = Pick<
  CycleOutcome,
  | "event"
  | "next_attempt_at"
  | "subscription_event"
  | "failure_code"
  | "failure_message"
>

const AFTER_LAST_RETRY = {
  past_due: "fail_payment",
  pause: "pause",
  cancel: "cancel",
} as const

async function consequence(
  batch: Batch,
  { cycle }: Renewal,
  outcome: ChargeOutcome
): Promise<Consequence> {
  switch (outcome.status) {
    case "paid":
      return { event: "succeed" }
    case "unknown":
      return {
        event: "lose",
        failure_code: "outcome_unknown",
        failure_message: outcome.message,
      }
    case "not_charged":
      return {
        event: "postpone",
        // At the next run: this was no word of the customer's bank.
        next_attempt_at: batch.now,
        failure_code: outcome.code,
        failure_message: outcome.message,
      }
    case "action_required":
      if (cycle.due_at > batch.now) {
        return early(cycle, outcome)
      }
      return {
        event: "require_action",
        subscription_event: "fail_payment",
        failure_code: outcome.code,
        failure_message: outcome.message,
      }
    case "declined": {
      if (cycle.due_at > batch.now) {
        return early(cycle, outcome)
      }
      const { declines, first_declined_at: first } =
        await batch.subscriptions.getDeclineHistory(cycle.id)
      const next = nextRetryAt({
        retryDays: batch.options.retryDays,
        declines: declines + 1,
        firstDeclinedAt: first ? new Date(first) : batch.now,
        now: batch.now,
        isFinal: outcome.is_final,
      })
      return {
        event: next ? "decline" : "give_up",
        subscription_event: next
          ? "fail_payment"
          : AFTER_LAST_RETRY[batch.options.afterLastRetry],
        next_attempt_at: next,
        failure_code: outcome.code,
        failure_message: outcome.message,
      }
    }
  }
}
