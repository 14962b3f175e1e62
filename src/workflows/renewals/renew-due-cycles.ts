import type { MedusaContainer } from "@medusajs/framework/types"
import { addCounts, noCounts, openBatch } from "./batch"
import type { RenewalCounts } from "./batch"
import { renewClaimed } from "./renew-claimed"

/**
 * Charges everything that is due, batch by batch, until nothing is left. Any
 * number of workers may do this at the same time. What could not be finished for
 * reasons that are not the customer's (the provider does not answer) is left to
 * the next run.
 *
 * @returns how many cycles ended how
 *
 * @example
 * await renewDueCycles(container) // { claimed: 50, paid: 48, declined: 2, … }
 */
export async function renewDueCycles(
  container: MedusaContainer
): Promise<RenewalCounts> {
  let counts = noCounts()
  const exclude: string[] = []
  for (;;) {
    const batch = await openBatch(container)
    const cycles = await batch.subscriptions.claimDueCycles({
      worker: batch.worker,
      leaseSeconds: batch.leaseSeconds,
      now: batch.now,
      limit: batch.options.batchSize,
      exclude,
    })
    if (!cycles.length) {
      return counts
    }
    const renewed = await renewClaimed(batch, cycles)
    counts = addCounts(counts, renewed.counts)
    exclude.push(...renewed.postponed)
  }
}
