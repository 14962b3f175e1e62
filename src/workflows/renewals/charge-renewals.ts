import type { RecordedOutcome } from "../../modules/subscription/queries/record-outcome"
import type { CycleStatus } from "../../types/subscription"
import { gatewayFor } from "../payments/gateway"
import type { ChargeOutcome, OffSessionCharge } from "../payments/gateway"
import { SYSTEM_PROVIDER } from "../payments/system-gateway"
import {
  afterActionRequired,
  afterDeclined,
  afterNotCharged,
  type Consequence,
} from "./after-failure"
import { consequenceOfChange } from "./after-change"
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
  /** The entry that tells of the end of all tries. */
  ending: RecordedOutcome["ending"]
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
    on_demand: batch.onDemand,
    charges: renewals.map(({ cycle, subscription }) => ({
      id: cycle.id,
      payment_method_id: subscription.payment_method_id,
      is_bounded: cycle.provider_id !== SYSTEM_PROVIDER,
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
      if (start.free_at !== null) {
        return await recordCharge(batch, renewal, heldBack(start.free_at))
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

/** Card networks allow this payment method no more tries for now. */
function heldBack(free_at: Date): ChargeOutcome {
  return {
    status: "not_charged",
    code: "too_many_tries",
    message: "This payment method was refused as often as card networks allow.",
    free_at,
  }
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
  const { ends_at, ...result } = await consequence(batch, renewal, outcome)
  const recorded = await batch.subscriptions.recordCycleOutcome({
    cycle_id: renewal.cycle.id,
    attempt: renewal.cycle.attempt,
    now: batch.now,
    askAfterSeconds: batch.leaseSeconds,
    ...result,
    entry: failureEntry(renewal, outcome, {
      // On the day of the end nothing is tried.
      next_attempt_at: ends_at ? null : (result.next_attempt_at ?? null),
      ends_at: ends_at ?? null,
      is_last: result.event === "give_up" || result.event === "refuse",
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

async function consequence(
  batch: Batch,
  renewal: Renewal,
  outcome: ChargeOutcome
): Promise<Consequence> {
  const { cycle } = renewal
  if (cycle.kind === "change") {
    return consequenceOfChange(cycle, outcome)
  }
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
      return await afterNotCharged(batch, renewal, outcome)
    case "action_required":
      if (cycle.due_at > batch.now) {
        return early(cycle, outcome)
      }
      return afterActionRequired(batch, renewal, outcome)
    case "declined":
      return cycle.due_at > batch.now
        ? early(cycle, outcome)
        : await afterDeclined(batch, renewal, outcome)
  }
}
