import { execute, type ModuleContext } from "../../../database/execute"
import type { AdminPortalEventView } from "../../../types/portal-admin-http"

/** Which events of a list, and which part of it. */
export type EventFilter = {
  type?: string[]
  customer_id?: string
  session_id?: string
  tenant_id?: string
  from?: Date
  /** Not part of the range. */
  to?: Date
  limit: number
  offset: number
}

/** A row of `portal_event`: what admins see, as the database hands it out. */
export type EventRow = Omit<AdminPortalEventView, "created_at"> & {
  created_at: Date | string
}

/** Events, newest first, with how many there are. */
export async function listEvents(
  context: ModuleContext,
  filter: EventFilter
): Promise<{ rows: EventRow[]; count: number }> {
  const conditions: [string, string | Date | string[] | undefined][] = [
    ["type = any(?::text[])", filter.type],
    ["customer_id = ?", filter.customer_id],
    ["session_id = ?", filter.session_id],
    ["tenant_id = ?", filter.tenant_id],
    ["created_at >= ?", filter.from],
    ["created_at < ?", filter.to],
  ]
  const where = ["deleted_at is null"]
  const values: (string | Date | string[])[] = []
  for (const [condition, value] of conditions) {
    if (value !== undefined) {
      where.push(condition)
      values.push(value)
    }
  }
  const rows = await execute<EventRow>(
    context,
    `select id, type, tenant_id, customer_id, session_id, task, actor_id, ip, data, created_at
     from portal_event where ${where.join(" and ")}
     order by created_at desc, id desc limit ? offset ?`,
    [...values, filter.limit, filter.offset]
  )
  const [total] = await execute<{ count: number }>(
    context,
    `select count(*)::int as count from portal_event where ${where.join(" and ")}`,
    values
  )
  return { rows, count: total?.count ?? 0 }
}
