import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** How often a period was declined, and since when. */
export type DeclineHistory = {
  /** Planned tries that were declined, before the one that is asked about. */
  declines: number
  /** The first try that failed, the one that is asked about included. */
  first_failed_at: Date | null
  /** Whether somebody asked for the one that is asked about. */
  on_demand: boolean
}

/**
 * Counts the declined tries of a period; lost and unsent ones do not count.
 *
 * @param input.attempt - the try whose outcome is being written
 */
export async function declineHistory(
  context: ModuleContext,
  { cycle_id, attempt }: { cycle_id: string; attempt: number }
): Promise<DeclineHistory> {
  const [row] = await execute<DeclineHistory>(
    context,
    `select count(*) filter (
              where status = 'declined' and not on_demand and attempt <> ?
            )::int as declines,
            min(started_at) filter (
              where status = 'declined' or attempt = ?
            ) as first_failed_at,
            coalesce(bool_or(on_demand) filter (where attempt = ?), false)
              as on_demand
     from portal_charge_attempt
     where cycle_id = ?`,
    [attempt, attempt, attempt, cycle_id]
  )
  return row ?? { declines: 0, first_failed_at: null, on_demand: false }
}
