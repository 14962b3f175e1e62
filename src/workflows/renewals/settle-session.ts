import type { MedusaContainer } from "@medusajs/framework/types"
import { openBatch } from "./batch"
import { settleClaimed } from "./settle-cycles"

/**
 * Settles the cycle that a payment session charges, because the provider sent word
 * of it. The word itself is not believed: the provider is asked.
 *
 * @returns whether there was a cycle to settle
 */
export async function settleSession(
  container: MedusaContainer,
  paymentSessionId: string
): Promise<boolean> {
  const batch = await openBatch(container)
  const cycles = await batch.subscriptions.claimCycleOfSession({
    worker: batch.worker,
    leaseSeconds: batch.leaseSeconds,
    payment_session_id: paymentSessionId,
  })
  await settleClaimed(batch, cycles)
  return cycles.length > 0
}
