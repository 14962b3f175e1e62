import { execute, type ModuleContext } from "../../../database/execute"
import type { SessionStatus } from "../../../types/portal-session"
import { SESSION_COLUMNS, type SessionRow } from "./session-row"

/** Which sessions of a list, and which part of it. */
export type SessionFilter = {
  id?: string
  tenant_id?: string
  customer_id?: string
  status?: SessionStatus[]
  limit: number
  offset: number
}

/** The status as it is now: nothing is written when a time runs out. */
const STATUS_NOW = `case
  when status = 'pending' and link_expires_at <= now() then 'expired'
  when status = 'active' and (session_expires_at <= now() or idle_expires_at <= now()) then 'expired'
  else status end`

const COLUMNS = SESSION_COLUMNS.map((column) =>
  column === "status" ? `${STATUS_NOW} as status` : column
).join(", ")

/** Sessions and links, newest first, with how many there are. */
export async function listSessions(
  context: ModuleContext,
  filter: SessionFilter
): Promise<{ rows: SessionRow[]; count: number }> {
  const statuses = filter.status ?? null
  const where = `deleted_at is null
    and (?::text is null or id = ?)
    and (?::text is null or tenant_id = ?)
    and (?::text is null or customer_id = ?)
    and (?::text[] is null or ${STATUS_NOW} = any(?::text[]))`
  const values = [
    filter.id ?? null,
    filter.id ?? null,
    filter.tenant_id ?? null,
    filter.tenant_id ?? null,
    filter.customer_id ?? null,
    filter.customer_id ?? null,
    statuses,
    statuses,
  ]
  const rows = await execute<SessionRow>(
    context,
    `select ${COLUMNS} from portal_session where ${where}
     order by created_at desc, id desc limit ? offset ?`,
    [...values, filter.limit, filter.offset]
  )
  const [total] = await execute<{ count: number }>(
    context,
    `select count(*)::int as count from portal_session where ${where}`,
    values
  )
  return { rows, count: total?.count ?? 0 }
}
