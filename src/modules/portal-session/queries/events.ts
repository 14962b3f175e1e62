import { generateEntityId } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"
import type { PortalEventType } from "../../../types/portal-admin-http"

/** One thing that happened. Never a token, a code or an address. */
export type NewPortalEvent = {
  tenant_id: string
  type: PortalEventType
  customer_id?: string | null
  session_id?: string | null
  task?: string | null
  actor_id?: string | null
  ip?: string | null
  data?: Record<string, unknown> | null
}

/**
 * Writes an event. A task of a session is written once.
 *
 * @returns whether it was new
 */
export async function insertEvent(
  context: ModuleContext,
  event: NewPortalEvent
): Promise<boolean> {
  const rows = await execute(
    context,
    `insert into portal_event (id, tenant_id, customer_id, session_id, type, task, actor_id, ip, data)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
     on conflict do nothing
     returning id`,
    [
      generateEntityId(undefined, "pevt"),
      event.tenant_id,
      event.customer_id ?? null,
      event.session_id ?? null,
      event.type,
      event.task ?? null,
      event.actor_id ?? null,
      event.ip ?? null,
      event.data ? JSON.stringify(event.data) : null,
    ]
  )
  return rows.length > 0
}
