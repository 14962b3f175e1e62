import { execute, type ModuleContext } from "../../../database/execute"
import { columnsOf, SESSION_COLUMNS, type GuardedSession } from "./session-row"

/** Writes no more often than this: many requests of a page are one sign of life. */
const TOUCH_SECONDS = 10

/**
 * The session of a token, with the role of the member that it belongs to, and
 * puts off its idle end. One statement a request.
 *
 * @returns null where no session of this tenant has the token; a dead one is
 * answered, so that the guard can say why
 */
export async function authenticateSession(
  context: ModuleContext,
  input: { session_hash: string; tenant_id: string; idle_seconds: number }
): Promise<GuardedSession | null> {
  const [row] = await execute<GuardedSession>(
    context,
    `with found as (
       select ${columnsOf("s")},
         (s.session_expires_at <= now() or s.idle_expires_at <= now()) as is_expired,
         coalesce(s.stepped_up_at > now() - interval '10 minutes', false) as is_stepped_up,
         m.role as member_role, m.status as member_status, m.member_customer_id
       from portal_session s
       left join portal_member m on m.id = s.member_id and m.deleted_at is null
       where s.session_hash = ? and s.tenant_id = ? and s.deleted_at is null
     ), touched as (
       update portal_session t set last_seen_at = now(), idle_expires_at =
         least(t.session_expires_at, now() + make_interval(secs => ?))
       from found
       where t.id = found.id and t.status = 'active' and not found.is_expired
         and t.last_seen_at < now() - make_interval(secs => ?)
     )
     select ${SESSION_COLUMNS.join(", ")}, is_expired, is_stepped_up, member_role, member_status, member_customer_id
     from found`,
    [input.session_hash, input.tenant_id, input.idle_seconds, TOUCH_SECONDS]
  )
  return row ?? null
}
