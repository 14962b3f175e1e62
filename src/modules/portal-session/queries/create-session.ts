import { execute, type ModuleContext } from "../../../database/execute"
import type {
  AfterCompletion,
  MfaState,
  PortalFlow,
  PortalScope,
  SessionOrigin,
} from "../../../types/portal-session"
import { columnsOf, type SessionRow } from "./session-row"

/** A link that is to be, or a session that is at once. */
export type NewSession = {
  id: string
  tenant_id: string
  customer_id: string
  member_id?: string | null
  created_via: SessionOrigin
  created_by?: string | null
  impersonator_id?: string | null
  scopes: readonly PortalScope[]
  flow?: PortalFlow | null
  after_completion?: AfterCompletion | null
  return_url?: string | null
  locale?: string | null
  reference?: string | null
  session_seconds: number
  /** A link: its hash and its life. */
  link?: { hash: string; seconds: number; recover_seconds: number }
  /** A session that begins now. */
  session?: {
    hash: string
    idle_seconds: number
    mfa_state: MfaState
    ip: string | null
    user_agent: string | null
    device_label: string | null
    stepped_up: boolean
  }
}

/**
 * Writes a link or a session. Every time is the database's; `created_at` is not
 * the transaction's, so that the order of links is that in which `lockLinks` let
 * them pass.
 */
export async function createSession(
  context: ModuleContext,
  input: NewSession
): Promise<SessionRow> {
  const { link, session } = input
  const [row] = await execute<SessionRow>(
    context,
    `insert into portal_session as s (
       id, tenant_id, customer_id, member_id, created_via, created_by,
       impersonator_id, status, scopes, flow_type, flow_data, after_completion,
       return_url, locale, reference, session_seconds,
       link_hash, link_expires_at, recover_until,
       session_hash, redeemed_at, session_expires_at, idle_expires_at,
       last_seen_at, mfa_state, ip, user_agent, device_label, stepped_up_at,
       created_at
     ) values (
       ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?,
       ?, now() + make_interval(secs => ?), now() + make_interval(secs => ?),
       ?, case when ? then now() end, now() + make_interval(secs => ?),
       now() + make_interval(secs => ?), case when ? then now() end,
       ?, ?, ?, ?, case when ? then now() end, clock_timestamp()
     ) returning ${columnsOf("s")}`,
    [
      input.id,
      input.tenant_id,
      input.customer_id,
      input.member_id ?? null,
      input.created_via,
      input.created_by ?? null,
      input.impersonator_id ?? null,
      session ? "active" : "pending",
      JSON.stringify(input.scopes),
      input.flow?.type ?? null,
      input.flow ? JSON.stringify(input.flow.data) : null,
      input.after_completion ? JSON.stringify(input.after_completion) : null,
      input.return_url ?? null,
      input.locale ?? null,
      input.reference ?? null,
      input.session_seconds,
      link?.hash ?? null,
      link?.seconds ?? null,
      link?.recover_seconds
        ? Math.max(link.recover_seconds, link.seconds)
        : null,
      session?.hash ?? null,
      Boolean(session),
      session ? input.session_seconds : null,
      session ? Math.min(session.idle_seconds, input.session_seconds) : null,
      Boolean(session),
      session?.mfa_state ?? "none",
      session?.ip ?? null,
      session?.user_agent ?? null,
      session?.device_label ?? null,
      session?.stepped_up ?? false,
    ]
  )
  return row as SessionRow
}
