import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** How often a cycle was declined, and when first. */
export type DeclineHistory = {
  declines: number
  first_declined_at: Date | null
}

/** Counts the declined attempts of a cycle; lost and unsent ones do not count. */
export async function declineHistory(
  context: ModuleContext,
  cycleId: string
): Promise<DeclineHistory> {
  const [row] = await execute<DeclineHistory>(
    context,
    `select count(*)::int as declines, min(finished_at) as first_declined_at
     from portal_charge_attempt
     where cycle_id = ? and status = 'declined'`,
    [cycleId]
  )
  return row ?? { declines: 0, first_declined_at: null }
}
