import type { MedusaContainer } from "@medusajs/framework/types"
import type { CycleRow } from "../../modules/subscription/domain/billing"
import { gatewayFor } from "../payments/gateway"
import { openBatch } from "./batch"
import type { Batch } from "./batch"
import { chargeOf, recordCharge } from "./charge-renewals"
import type { ChargedRenewal } from "./charge-renewals"
import { announce, finishRenewals } from "./finish-renewals"
import type { PricedRenewal } from "./price-renewals"
import { paidRenewals } from "./renew-claimed"
import { reportFailures } from "./report-failures"

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
  for (;;) {
    const batch = await openBatch(container)
    const cycles = await batch.subscriptions.claimAbandonedCycles({
      worker: batch.worker,
      leaseSeconds: batch.leaseSeconds,
      limit: batch.options.batchSize,
    })
    if (!cycles.length) {
      counts.announced = await announceForgotten(batch)
      return counts
    }
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
  const settled: ChargedRenewal<PricedRenewal>[] = []
  let released = 0
  for (const cycle of cycles) {
    const subscription = subscriptions.get(cycle.subscription_id)
    if (cycle.status === "claimed" || cycle.status === "priced") {
      released += (await release(batch, cycle)) ? 1 : 0
    } else if (subscription && cycle.quote && cycle.order_id) {
      const { quote, order_id } = cycle
      settled.push(
        await settle(batch, { cycle, subscription, quote, order_id })
      )
    }
  }
  await reportFailures(batch, settled)
  return {
    released:
      released +
      settled.filter((one) => one.outcome.status === "not_charged").length,
    completed: await finishRenewals(batch, paidRenewals(batch, settled)),
    still_unknown: settled.filter((one) => one.outcome.status === "unknown")
      .length,
  }
}

/** Nothing was charged: the next run starts the cycle again. */
async function release(batch: Batch, cycle: CycleRow): Promise<boolean> {
  const status = await batch.subscriptions.recordCycleOutcome({
    cycle_id: cycle.id,
    event: "postpone",
    now: batch.now,
    next_attempt_at: cycle.next_attempt_at ?? batch.now,
    askAfterSeconds: batch.leaseSeconds,
  })
  return status !== null
}

async function settle(
  batch: Batch,
  renewal: PricedRenewal
): Promise<ChargedRenewal<PricedRenewal>> {
  const { cycle } = renewal
  if (cycle.status === "paid") {
    return { renewal, outcome: { status: "paid" }, status: "paid" }
  }
  const outcome = await gatewayFor(
    batch.container,
    cycle.provider_id ?? ""
  ).inspect(chargeOf(renewal, `${cycle.id}:${cycle.attempt}`))
  const news = isNews(cycle, outcome.status)
  return news
    ? await recordCharge(batch, renewal, outcome)
    : { renewal, outcome: { status: "unknown", message: "" }, status: null }
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

async function announceForgotten(batch: Batch): Promise<number> {
  const cycles = await batch.subscriptions.listUnannouncedCycles({
    olderThanSeconds: batch.leaseSeconds,
    limit: batch.options.batchSize,
  })
  await announce(batch, cycles)
  return cycles.length
}
