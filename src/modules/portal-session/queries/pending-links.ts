import { execute, type ModuleContext } from "../../../database/execute"

/**
 * Lets those who make links for a customer wait in line, until the transaction
 * ends. Without it two at once do not see each other's link, and neither the
 * number of open links nor "only the newest" would hold.
 */
export async function lockLinks(
  context: ModuleContext,
  input: { tenant_id: string; customer_id: string }
): Promise<void> {
  await execute(
    context,
    `select pg_advisory_xact_lock(hashtextextended('portal-links:' || ?::text || ':' || ?::text, 0))`,
    [input.tenant_id, input.customer_id]
  )
}

/**
 * Revokes the oldest links beyond the number that a customer may have open. The
 * new one stays, whenever its transaction began.
 *
 * @returns how many
 */
export async function capPendingLinks(
  context: ModuleContext,
  input: { id: string; tenant_id: string; customer_id: string; max: number }
): Promise<number> {
  const rows = await execute(
    context,
    `update portal_session set status = 'revoked', revoked_at = now(),
       revoked_reason = 'too_many_links', updated_at = now()
     where id in (
       select id from portal_session
       where customer_id = ? and tenant_id = ? and status = 'pending'
       order by id = ? desc, created_at desc, id desc
       offset ?
     ) and status = 'pending'
     returning id`,
    [input.customer_id, input.tenant_id, input.id, input.max]
  )
  return rows.length
}

/** Revokes the links of sign-in mails: only the newest mail's works. */
export async function revokeMailLinks(
  context: ModuleContext,
  input: { tenant_id: string; customer_id: string; except: string }
): Promise<void> {
  await execute(
    context,
    `update portal_session set status = 'revoked', revoked_at = now(),
       revoked_reason = 'newer_link', updated_at = now()
     where customer_id = ? and tenant_id = ? and status = 'pending'
       and created_via in ('email_link', 'recovery') and id <> ?`,
    [input.customer_id, input.tenant_id, input.except]
  )
}

/**
 * Revokes the customer's other links that have not been opened and are older than
 * this one. Of two that are made at once the newer stays.
 */
export async function revokeOlderLinks(
  context: ModuleContext,
  input: { id: string }
): Promise<void> {
  await execute(
    context,
    `update portal_session s set status = 'revoked', revoked_at = now(),
       revoked_reason = 'invalidated', updated_at = now()
     from portal_session made
     where made.id = ? and s.status = 'pending'
       and s.customer_id = made.customer_id and s.tenant_id = made.tenant_id
       and (s.created_at, s.id) < (made.created_at, made.id)`,
    [input.id]
  )
}
