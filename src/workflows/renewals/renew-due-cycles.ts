import type { MedusaContainer } from "@medusajs/framework/types"
import { addCounts, noCounts, openBatch } from "./batch"
import type { RenewalCounts } from "./batch"
import { logFailure } from "./log-failure"
import { renewClaimed } from "./renew-claimed"

/**
 * Charges everything that is due, batch by batch, until nothing is left. Any
 * number of workers may do this at the same time. What could not be finished for
 * reasons that are not the customer's (the provider does not answer) is left to
 * the next run.
 *
 * Where a batch fails before its charges, the others must not wait for the one that
 * it failed for: the cycles are given back and taken again one by one.
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
  let oneByOne = 0
  for (;;) {
    const batch = await openBatch(container)
    const cycles = await batch.subscriptions.claimDueCycles({
      worker: batch.worker,
      leaseSeconds: batch.leaseSeconds,
      now: batch.now,
      limit: oneByOne > 0 ? 1 : batch.options.batchSize,
      exclude,
    })
    if (!cycles.length) {
      return counts
    }
    oneByOne -= 1
    try {
      const renewed = await renewClaimed(batch, cycles)
      counts = addCounts(counts, renewed.counts)
      exclude.push(...renewed.postponed)
    } catch (error) {
      const ids = cycles.map(({ id }) => id)
      const { worker, now } = batch
      await batch.subscriptions.releaseCycles({ worker, now, ids })
      const [first, ...others] = ids
      if (first && !others.length) {
        logFailure(batch, first, "could not be renewed yet", error)
        exclude.push(first)
      } else {
        oneByOne = ids.length
      }
    }
  }
}
