import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"
import type { CycleKind } from "../../../types/subscription"

/** A completed cycle whose events have not gone out. */
export type Unannounced = {
  id: string
  kind: CycleKind
  subscription_id: string
  order_id: string
}

/**
 * Cycles that were completed a while ago and whose events never left, because
 * their worker died in between. They are announced again: an event twice is
 * better than none, and its receivers know a cycle by its id.
 */
export async function listUnannounced(
  context: ModuleContext,
  input: { olderThanSeconds: number; limit: number }
): Promise<Unannounced[]> {
  return await execute<Unannounced>(
    context,
    `select id, kind, subscription_id, order_id
     from portal_subscription_cycle
     where status = 'completed' and events_emitted_at is null
       and updated_at < now() - make_interval(secs => ?)
     order by completed_at
     limit ?`,
    [input.olderThanSeconds, input.limit]
  )
}

/** Notes that the events of these cycles have left. */
export async function markAnnounced(
  context: ModuleContext,
  ids: string[]
): Promise<void> {
  await execute(
    context,
    `update portal_subscription_cycle set events_emitted_at = now()
     where id = any(?) and events_emitted_at is null`,
    [ids]
  )
}
