import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"
import { isNoticed } from "../domain/notices"
import type { OutgoingEntry } from "./outgoing-events"

/** An entry for a subscription's timeline. */
export type TimelineEntry = {
  subscription_id: string
  cycle_id?: string | null
  /** Past tense, snake_case: `renewed`, `payment_failed`. */
  type: string
  actor_type: "system" | "customer" | "admin"
  actor_id?: string | null
  data?: Record<string, unknown> | null
  /** Writing the same key again is the same entry. */
  dedupe_key: string
  /** The plugin's time. */
  occurred_at: Date
  /** The event that tells of it. Who writes it sends it; a crash in between only
   * delays it. */
  event_name?: string | null
  /** Left out: by the type, whether the customer is told by mail. */
  is_noticed?: boolean
}

/** An entry that was written, by the key that it was written with. */
export type WrittenEntry = Omit<OutgoingEntry, "event_name"> & {
  event_name: string | null
  dedupe_key: string
}

/**
 * Writes timeline entries; one whose key exists is left as it is.
 *
 * @returns those that this call wrote
 */
export async function writeTimeline(
  context: ModuleContext,
  entries: TimelineEntry[]
): Promise<WrittenEntry[]> {
  return await execute<WrittenEntry>(
    context,
    `insert into portal_subscription_event (
       id, subscription_id, cycle_id, type, actor_type, actor_id, data,
       dedupe_key, occurred_at, event_name, notice_pending
     )
     select 'sevt_' || replace(gen_random_uuid()::text, '-', ''),
            v.subscription_id, v.cycle_id, v.type, v.actor_type, v.actor_id,
            v.data, v.dedupe_key, v.occurred_at, v.event_name, v.notice_pending
     from jsonb_to_recordset(?::jsonb) as v(
       subscription_id text, cycle_id text, type text, actor_type text,
       actor_id text, data jsonb, dedupe_key text, occurred_at timestamptz,
       event_name text, notice_pending boolean
     )
     on conflict do nothing
     returning id, subscription_id, cycle_id, event_name, dedupe_key`,
    [
      JSON.stringify(
        entries.map(({ is_noticed, ...entry }) => ({
          ...entry,
          notice_pending: is_noticed ?? isNoticed(entry.type),
        }))
      ),
    ]
  )
}
