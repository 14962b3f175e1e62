import {
  flowOf,
  type SessionRow,
} from "../../modules/portal-session/queries/session-row"
import type {
  AdminPortalSessionView,
  PortalSessionView,
} from "../../types/portal-session-http"

const iso = (time: Date | string | null) =>
  time === null ? null : new Date(time).toISOString()

/** A session as its customer sees it. */
export function sessionView(row: SessionRow): PortalSessionView {
  return {
    id: row.id,
    customer_id: row.customer_id,
    tenant_id: row.tenant_id,
    scopes: row.scopes,
    flow: flowOf(row),
    return_url: row.return_url,
    after_completion: row.after_completion,
    locale: row.locale,
    mfa_state: row.mfa_state,
    is_impersonation: row.impersonator_id !== null,
    expires_at: iso(row.session_expires_at),
    idle_expires_at: iso(row.idle_expires_at),
  }
}

/** A session as a merchant sees it: never a token, a hash or the address. */
export function adminSessionView(row: SessionRow): AdminPortalSessionView {
  return {
    id: row.id,
    status: row.status,
    customer_id: row.customer_id,
    tenant_id: row.tenant_id,
    member_id: row.member_id,
    created_via: row.created_via,
    created_by: row.created_by,
    impersonator_id: row.impersonator_id,
    scopes: row.scopes,
    flow: flowOf(row),
    return_url: row.return_url,
    reference: row.reference,
    locale: row.locale,
    mfa_state: row.mfa_state,
    ip: row.ip,
    user_agent: row.user_agent,
    device_label: row.device_label,
    created_at: new Date(row.created_at).toISOString(),
    link_expires_at: iso(row.link_expires_at),
    redeemed_at: iso(row.redeemed_at),
    last_seen_at: iso(row.last_seen_at),
    expires_at: iso(row.session_expires_at),
    revoked_at: iso(row.revoked_at),
    revoked_reason: row.revoked_reason,
    completed_at: iso(row.completed_at),
  }
}
