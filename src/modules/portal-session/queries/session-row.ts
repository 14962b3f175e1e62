import type {
  AfterCompletion,
  MemberRole,
  MfaState,
  PortalFlow,
  PortalFlowType,
  PortalScope,
  SessionOrigin,
  SessionStatus,
} from "../../../types/portal-session"

type Time = Date | string

/** A row of `portal_session` as PostgreSQL gives it, without the hashes. */
export type SessionRow = {
  id: string
  tenant_id: string
  customer_id: string
  member_id: string | null
  created_via: SessionOrigin
  created_by: string | null
  impersonator_id: string | null
  status: SessionStatus
  link_expires_at: Time | null
  recover_until: Time | null
  redeemed_at: Time | null
  session_seconds: number
  session_expires_at: Time | null
  idle_expires_at: Time | null
  last_seen_at: Time | null
  scopes: PortalScope[]
  flow_type: PortalFlowType | null
  flow_data: PortalFlow["data"] | null
  after_completion: AfterCompletion | null
  return_url: string | null
  locale: string | null
  mfa_state: MfaState
  stepped_up_at: Time | null
  ip: string | null
  user_agent: string | null
  device_label: string | null
  revoked_at: Time | null
  revoked_reason: string | null
  completed_at: Time | null
  reference: string | null
  created_at: Time
}

/** Its columns, for `returning` and `select`. Never the hashes. */
export const SESSION_COLUMNS = [
  "id",
  "tenant_id",
  "customer_id",
  "member_id",
  "created_via",
  "created_by",
  "impersonator_id",
  "status",
  "link_expires_at",
  "recover_until",
  "redeemed_at",
  "session_seconds",
  "session_expires_at",
  "idle_expires_at",
  "last_seen_at",
  "scopes",
  "flow_type",
  "flow_data",
  "after_completion",
  "return_url",
  "locale",
  "mfa_state",
  "stepped_up_at",
  "ip",
  "user_agent",
  "device_label",
  "revoked_at",
  "revoked_reason",
  "completed_at",
  "reference",
  "created_at",
]

/** The columns behind an alias: `s.id, s.tenant_id, …`. */
export const columnsOf = (alias: string): string =>
  SESSION_COLUMNS.map((column) => `${alias}.${column}`).join(", ")

/** A session with what the guard judges it by. */
export type GuardedSession = SessionRow & {
  is_expired: boolean
  /** A proof was shown within the last ten minutes. */
  is_stepped_up: boolean
  /** Of the member that it belongs to; null where the customer acts. */
  member_role: MemberRole | null
  member_status: "invited" | "active" | "removed" | null
  /** The member as a customer of their own. */
  member_customer_id: string | null
}

/** The flow of a row. */
export function flowOf(
  row: Pick<SessionRow, "flow_type" | "flow_data">
): PortalFlow | null {
  return row.flow_type
    ? { type: row.flow_type, data: row.flow_data ?? {} }
    : null
}
