import { execute, type ModuleContext } from "../../../database/execute"

/** Tables whose rows of a customer serve nobody else. */
const TABLES = [
  "portal_session",
  "portal_login_request",
  "portal_device",
  "portal_email_change",
  "portal_tenant_customer",
  "portal_preference",
]

/**
 * Removes what the portal knows of a customer who is deleted. Events stay as
 * counts, without the person. Of the security state only the cut-off stays, which
 * is set to now: Medusa's tokens outlive their customer, and without the row one
 * that was revoked would be good again.
 *
 * @param input.id - of the security state's row, where there is none yet
 */
export async function eraseCustomer(
  context: ModuleContext,
  { customer_id, id }: { customer_id: string; id: string }
): Promise<void> {
  await execute(
    context,
    `insert into portal_security_state as x (id, customer_id, tokens_valid_after, sessions_valid_after)
     values (?, ?, date_trunc('second', clock_timestamp()) + interval '1 second', clock_timestamp())
     on conflict (customer_id) do update set
       tokens_valid_after = excluded.tokens_valid_after,
       sessions_valid_after = excluded.sessions_valid_after,
       verified_email = null, email_verified_at = null, updated_at = now()`,
    [id, customer_id]
  )
  for (const table of TABLES) {
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
