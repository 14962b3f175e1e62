import type { CycleRow } from "../domain/billing"
import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** The cycle that a subscription is at; null where it has come to its end. */
export async function findOpenCycle(
  context: ModuleContext,
  subscriptionId: string
): Promise<CycleRow | null> {
  const [cycle] = await execute<CycleRow>(
    context,
    // The condition on the status is the partial index's, word for word.
    `select * from portal_subscription_cycle
     where subscription_id = ? and kind = 'renewal'
       and status not in ('completed', 'skipped', 'canceled')
     order by sequence
     limit 1`,
    [subscriptionId]
  )
  return cycle ?? null
}
