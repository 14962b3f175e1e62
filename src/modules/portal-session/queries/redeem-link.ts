import { execute, type ModuleContext } from "../../../database/execute"
import type { MfaState } from "../../../types/portal-session"
import { columnsOf, type SessionRow } from "./session-row"

/** A session's new secret and where it is. */
export type Redemption = {
  session_hash: string
  nonce_hash: string | null
  idle_seconds: number
  mfa_state: MfaState
  ip: string | null
  user_agent: string | null
  device_label: string | null
}

/**
 * Opens a link: one statement, so that of any number at once one gets the
 * session. What was revoked in the same moment stays revoked, see
 * `revoke-sessions.ts`.
 *
 * @returns null where the link cannot be opened (any more)
 */
export async function redeemLink(
  context: ModuleContext,
  link: { link_hash: string; tenant_id: string; customer_id: string },
  redemption: Redemption
): Promise<SessionRow | null> {
  return redeem(
    context,
    `s.link_hash = ? and s.tenant_id = ? and s.customer_id = ?`,
    [link.link_hash, link.tenant_id, link.customer_id],
    redemption,
    // A link can be forwarded: it is no fresh proof of who holds it.
    false
  )
}

/** Opens the link of a sign-in mail by its code; the caller has checked that. */
export async function redeemByCode(
  context: ModuleContext,
  session_id: string,
  redemption: Redemption
): Promise<SessionRow | null> {
  return redeem(context, `s.id = ?`, [session_id], redemption, true)
}

async function redeem(
  context: ModuleContext,
  where: string,
  values: string[],
  redemption: Redemption,
  steppedUp: boolean
): Promise<SessionRow | null> {
  const [row] = await execute<SessionRow>(
    context,
    `update portal_session s set status = 'active', redeemed_at = now(),
       session_hash = ?, exchange_nonce_hash = ?,
       session_expires_at = now() + make_interval(secs => s.session_seconds),
       idle_expires_at = now() + make_interval(secs => least(?, s.session_seconds)),
       last_seen_at = now(), mfa_state = ?, ip = ?, user_agent = ?,
       device_label = ?, updated_at = now(),
       stepped_up_at = case when ? then now() end
     where ${where} and s.status = 'pending' and s.redeemed_at is null
       and s.link_expires_at > now() and s.revoked_at is null
       and s.deleted_at is null
       and not exists (
         select 1 from portal_security_state x
         where x.customer_id = s.customer_id
           and x.sessions_valid_after > s.created_at
       )
     returning ${columnsOf("s")}`,
    [
      redemption.session_hash,
      redemption.nonce_hash,
      redemption.idle_seconds,
      redemption.mfa_state,
      redemption.ip,
      redemption.user_agent,
      redemption.device_label,
      steppedUp,
      ...values,
    ]
  )
  return row ?? null
}

/**
 * The same browser asks again within a minute, because the answer was lost: it
 * gets a new secret and the old one dies. Its nonce tells it from anybody else.
 */
export async function repeatRedemption(
  context: ModuleContext,
  input: {
    link_hash: string
    tenant_id: string
    nonce_hash: string
    session_hash: string
  }
): Promise<SessionRow | null> {
  const [row] = await execute<SessionRow>(
    context,
    `update portal_session s set session_hash = ?, last_seen_at = now()
     where s.link_hash = ? and s.tenant_id = ? and s.exchange_nonce_hash = ?
       and s.status = 'active' and s.redeemed_at > now() - interval '60 seconds'
     returning ${columnsOf("s")}`,
    [input.session_hash, input.link_hash, input.tenant_id, input.nonce_hash]
  )
  return row ?? null
}

/** A link as it is, to look at it or to say why it does not open. */
export async function findLink(
  context: ModuleContext,
  link: { link_hash: string; tenant_id: string; customer_id: string }
): Promise<
  (SessionRow & { is_expired: boolean; is_recoverable: boolean }) | null
> {
  const [row] = await execute<
    SessionRow & { is_expired: boolean; is_recoverable: boolean }
  >(
    context,
    `select ${columnsOf("s")}, s.link_expires_at <= now() as is_expired,
       (coalesce(s.recover_until > now(), false) and s.status in ('pending', 'expired')
         and not exists (
           select 1 from portal_security_state x
           where x.customer_id = s.customer_id
             and x.sessions_valid_after > s.created_at
         )) as is_recoverable
     from portal_session s
     where s.link_hash = ? and s.tenant_id = ? and s.customer_id = ?
       and s.deleted_at is null`,
    [link.link_hash, link.tenant_id, link.customer_id]
  )
  return row ?? null
}
