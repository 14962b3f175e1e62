import type { MedusaContainer } from "@medusajs/framework/types"
import type { CycleRow } from "../../modules/subscription/domain/billing"
import { gatewayFor } from "../payments/gateway"
import { openBatch, type Batch } from "../renewals/batch"
import { logFailure } from "../renewals/log-failure"

/**
 * Tells the providers that the payments of canceled cycles are void, so that no
 * link in an old mail can complete one. Where the customer was faster, the cycle is
 * paid after all, and the next settlement places its order: money that has moved is
 * never left without its goods.
 *
 * @param only - those of one subscription; the others wait for the job
 * @returns how many payments are void now
 */
export async function voidCanceledPayments(
  container: MedusaContainer,
  only: { subscription_id?: string } = {}
): Promise<number> {
  const batch = await openBatch(container)
  const exclude: string[] = []
  let voided = 0
  for (;;) {
    const cycles = await batch.subscriptions.listUnvoidedCycles({
      limit: batch.options.batchSize,
      exclude,
      ...only,
    })
    if (!cycles.length) {
      return voided
    }
    exclude.push(...cycles.map(({ id }) => id))
    for (const cycle of cycles) {
      voided += await voidPayment(batch, cycle)
    }
  }
}

async function voidPayment(batch: Batch, cycle: CycleRow): Promise<number> {
  const { id, attempt, provider_id, payment_session_id } = cycle
  try {
    const outcome = await gatewayFor(batch.container, provider_id ?? "").void({
      provider_id: provider_id ?? "",
      payment_session_id: payment_session_id ?? "",
      provider_payment_id: cycle.provider_payment_id,
      payment_method_id: null,
      idempotency_key: `${id}:${attempt}`,
    })
    if (outcome === "voided") {
      await batch.subscriptions.markCyclesVoided([id])
      return 1
    }
    if (outcome === "paid") {
      await batch.subscriptions.recordCycleOutcome({
        cycle_id: id,
        attempt,
        event: "succeed",
        now: batch.now,
        askAfterSeconds: 0,
      })
    }
  } catch (error) {
    logFailure(batch, id, "has a payment that is not void yet", error)
  }
  return 0
}
