import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

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
}

/** Writes timeline entries; one whose key exists is left as it is. */
export async function writeTimeline(
  context: ModuleContext,
  entries: TimelineEntry[]
): Promise<void> {
  await execute(
    context,
    `insert into portal_subscription_event (
       id, subscription_id, cycle_id, type, actor_type, actor_id, data,
       dedupe_key, occurred_at
     )
     select 'sevt_' || replace(gen_random_uuid()::text, '-', ''),
            v.subscription_id, v.cycle_id, v.type, v.actor_type, v.actor_id,
            v.data, v.dedupe_key, v.occurred_at
     from jsonb_to_recordset(?::jsonb) as v(
       subscription_id text, cycle_id text, type text, actor_type text,
       actor_id text, data jsonb, dedupe_key text, occurred_at timestamptz
     )
     on conflict do nothing`,
    [JSON.stringify(entries)]
  )
}
