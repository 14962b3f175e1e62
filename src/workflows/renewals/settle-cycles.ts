import type { MedusaContainer } from "@medusajs/framework/types"
import type { CycleRow } from "../../modules/subscription/domain/billing"
import { gatewayFor, type ChargeOutcome } from "../payments/gateway"
import { openBatch } from "./batch"
import type { Batch } from "./batch"
import { chargeOf, recordCharge } from "./charge-renewals"
import type { ChargedRenewal } from "./charge-renewals"
import { announce, finishRenewals } from "./finish-renewals"
import { logFailure } from "./log-failure"
import type { PricedRenewal } from "./price-renewals"
import { paidRenewals } from "./renew-claimed"
import { reportCharges } from "./report-failures"

/** How many cycles of a run were settled how. */
export type SettlementCounts = Record<
  "taken" | "released" | "completed" | "announced" | "still_unknown",
  number
>

/**
 * Takes over what dead workers left: releases what was not charged, asks the
 * provider about what may have been charged, finishes what was, and sends events
 * that never left. It never charges.
 */
export async function settleUnknownCharges(
  container: MedusaContainer
): Promise<SettlementCounts> {
  const counts: SettlementCounts = {
    taken: 0,
    released: 0,
    completed: 0,
    announced: 0,
    still_unknown: 0,
  }
  const exclude: string[] = []
  for (;;) {
    const batch = await openBatch(container)
    const cycles = await batch.subscriptions.claimAbandonedCycles({
      worker: batch.worker,
      leaseSeconds: batch.leaseSeconds,
      limit: batch.options.batchSize,
      exclude,
    })
    if (!cycles.length) {
      counts.announced = await announceForgotten(batch)
      return counts
    }
    exclude.push(...cycles.map(({ id }) => id))
    const settled = await settleClaimed(batch, cycles)
    counts.taken += cycles.length
    counts.released += settled.released
    counts.completed += settled.completed
    counts.still_unknown += settled.still_unknown
  }
}

/** Settles cycles that this worker has taken over. */
export async function settleClaimed(
  batch: Batch,
  cycles: CycleRow[]
): Promise<Pick<SettlementCounts, "released" | "completed" | "still_unknown">> {
  const subscriptions = new Map(
    (
      await batch.subscriptions.loadBillingSubscriptions(
        cycles.map((cycle) => cycle.subscription_id)
      )
    ).map((one) => [one.id, one])
  )
  // Nothing was charged for those that were not charging yet.
  const released = await batch.subscriptions.releaseCycles({
    worker: batch.worker,
    now: batch.now,
    ids: cycles.map(({ id }) => id),
  })
  const settled: ChargedRenewal<PricedRenewal>[] = []
  for (const cycle of cycles) {
    const subscription = subscriptions.get(cycle.subscription_id)
    const { quote, order_id } = cycle
    if (isReleased(cycle) || !subscription || !quote || !order_id) {
      continue
    }
    try {
      const renewal = { cycle, subscription, quote, order_id }
      settled.push(await settle(batch, renewal))
    } catch (error) {
      logFailure(batch, cycle.id, "could not be settled yet", error)
    }
  }
  const completed = await finishRenewals(batch, paidRenewals(batch, settled))
  await reportCharges(batch, settled)
  const outcomes = (status: string) =>
    settled.filter(({ outcome }) => outcome.status === status).length
  return {
    released: released.length + outcomes("not_charged"),
    completed,
    still_unknown: outcomes("unknown"),
  }
}

function isReleased({ status }: CycleRow): boolean {
  return status === "claimed" || status === "priced"
}

async function settle(
  batch: Batch,
  renewal: PricedRenewal
): Promise<ChargedRenewal<PricedRenewal>> {
  const { cycle } = renewal
  if (cycle.status === "paid") {
    return {
      renewal,
      outcome: { status: "paid" },
      status: "paid",
      entry_id: null,
      ending: null,
    }
  }
  const outcome = await gatewayFor(
    batch.container,
    cycle.provider_id ?? ""
  ).inspect(chargeOf(renewal, `${cycle.id}:${cycle.attempt}`))
  if (isOverdue(batch, cycle, outcome)) {
    return await recordCharge(batch, renewal, EXPIRED)
  }
  const news = isNews(cycle, outcome.status)
  return news
    ? await recordCharge(batch, renewal, outcome)
    : {
        renewal,
        outcome: { status: "unknown", message: "" },
        status: null,
        entry_id: null,
        ending: null,
      }
}

/**
 * Whether an answer of the provider changes anything. A cycle that waits for the
 * customer, or for its next attempt, hears only of a success: the refusal that the
 * provider remembers is the one that is known.
 */
function isNews(cycle: CycleRow, outcome: string): boolean {
  return cycle.status === "charging" || cycle.status === "unknown"
    ? true
    : outcome === "paid"
}

/**
 * A customer who did not confirm in time: the charge counts as declined, and the
 * plan's days go on. Its payment stays the same one, so that a late confirmation pays
 * this very period; where the subscription ends by it, the payment is made void.
 */
const EXPIRED: ChargeOutcome = {
  status: "declined",
  code: "authentication_expired",
  message: "The customer did not confirm the payment in time.",
  is_final: false,
}

function isOverdue(
  { now }: Batch,
  { status, next_attempt_at: until }: CycleRow,
  outcome: ChargeOutcome
): boolean {
  const isWaiting =
    outcome.status === "action_required" || outcome.status === "declined"
  return (
    status === "action_required" && isWaiting && until !== null && until <= now
  )
}

async function announceForgotten(batch: Batch): Promise<number> {
  const cycles = await batch.subscriptions.listUnannouncedCycles({
    olderThanSeconds: batch.leaseSeconds,
    limit: batch.options.batchSize,
  })
  await announce(batch, cycles)
  return cycles.length
}
