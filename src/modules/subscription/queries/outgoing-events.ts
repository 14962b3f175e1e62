import { execute, type ModuleContext } from "../../../database/execute"

/** An event that was written with a change and did not go out yet. */
export type OutgoingEntry = {
  id: string
  subscription_id: string
  cycle_id: string | null
  event_name: string
}

/**
 * Events whose sender is gone: written so many seconds ago and not sent since.
 *
 * @param olderThanSeconds - real time; who wrote them may be about to send them
 */
export async function listUnsentEvents(
  context: ModuleContext,
  input: { olderThanSeconds: number; limit: number }
): Promise<OutgoingEntry[]> {
  return await execute<OutgoingEntry>(
    context,
    // The condition is that of the partial index, word for word.
    `select id, subscription_id, cycle_id, event_name
       from portal_subscription_event
      where event_name is not null and emitted_at is null
        and created_at < now() - make_interval(secs => ?)
      order by created_at
      limit ?`,
    [input.olderThanSeconds, input.limit]
  )
}

/** Notes that events have gone out. */
export async function markEventsSent(
  context: ModuleContext,
  ids: string[]
): Promise<void> {
  await execute(
    context,
    `update portal_subscription_event
        set emitted_at = now(), updated_at = now()
      where id = any(?::text[]) and emitted_at is null`,
    [ids]
  )
}
