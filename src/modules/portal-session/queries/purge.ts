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
