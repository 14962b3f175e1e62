import { CYCLE_STATUSES } from "../../../types/subscription"
import { cycleMachine } from "../domain/cycle-machine"
import type { CycleRow } from "../domain/billing"
import { execute } from "./execute"
import type { ModuleContext } from "./execute"

/** States in which a cycle is still to be charged, or being charged. */
const OPEN = CYCLE_STATUSES.filter((status) => !cycleMachine.isFinal(status))

/** The cycle that a subscription is at; null where it has come to its end. */
export async function findOpenCycle(
  context: ModuleContext,
  subscriptionId: string
): Promise<CycleRow | null> {
  const [cycle] = await execute<CycleRow>(
    context,
    `select * from portal_subscription_cycle
     where subscription_id = ? and status = any(?)
     order by sequence
     limit 1`,
    [subscriptionId, OPEN]
  )
  return cycle ?? null
}
