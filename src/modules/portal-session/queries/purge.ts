import { execute, type ModuleContext } from "../../../database/execute"

/**
 * Deletes what no longer serves: counters whose window is over, ended sessions
 * and sign-in requests, and events, after the time that they are kept.
 *
 * @returns how many rows of each
 */
export async function purge(
  context: ModuleContext,
  retentionDays: number
): Promise<Record<string, number>> {
  const remove = async (table: string, where: string, values: number[] = []) =>
    (
      await execute(
        context,
        `delete from ${table} where ${where} returning 1`,
        values
      )
    ).length
  const old = `created_at < now() - make_interval(days => ?)`
  return {
    counters: await remove("portal_rate_limit", "expires_at < now()"),
    login_requests: await remove(
      "portal_login_request",
      "expires_at < now() - interval '1 day'"
    ),
    sessions: await remove(
      "portal_session",
      `${old} and coalesce(session_expires_at, link_expires_at) < now() and coalesce(recover_until, now()) <= now()`,
      [retentionDays]
    ),
    // Kept longer than they count: they are what a known device is known by.
    devices: await remove(
      "portal_device",
      "expires_at < now() and last_seen_at < now() - make_interval(days => ?)",
      [retentionDays]
    ),
    email_changes: await remove(
      "portal_email_change",
      "expires_at < now() - interval '1 day'"
    ),
    // Who was removed or never came: an address that serves nothing any more.
    members: await remove(
      "portal_member",
      `(status = 'removed' or (status = 'invited' and invite_expires_at < now()))
       and updated_at < now() - make_interval(days => ?)`,
      [retentionDays]
    ),
    events: await remove("portal_event", old, [retentionDays]),
    mail_deliveries: await remove("portal_mail_delivery", old, [retentionDays]),
  }
}

/** Removes what points at a customer; events stay as counts, without the person. */
export async function eraseCustomer(
  context: ModuleContext,
  customer_id: string
): Promise<void> {
  for (const table of [
    "portal_session",
    "portal_login_request",
    "portal_device",
    "portal_email_change",
    "portal_security_state",
    "portal_tenant_customer",
    "portal_preference",
  ]) {
    await execute(context, `delete from ${table} where customer_id = ?`, [
      customer_id,
    ])
  }
  await execute(
    context,
    `update portal_session set status = 'revoked', revoked_at = now(),
       revoked_reason = 'member_removed', updated_at = now()
     where status in ('pending', 'active') and member_id in (
       select id from portal_member where member_customer_id = ?)`,
    [customer_id]
  )
  await execute(
    context,
    `delete from portal_member where account_customer_id = ? or member_customer_id = ?`,
    [customer_id, customer_id]
  )
  await execute(
    context,
    `update portal_event set customer_id = null, ip = null, data = null
     where customer_id = ?`,
    [customer_id]
  )
}
