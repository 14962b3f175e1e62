import { execute, type ModuleContext } from "../../../database/execute"

/** Which mailbox a code was sent to. */
export type MailboxSide = "old" | "new"

/** Tries of the code of each mailbox. */
const MAX_ATTEMPTS = 5

/** A change of address that begins. */
export type NewEmailChange = {
  id: string
  tenant_id: string
  customer_id: string
  old_email: string
  new_email: string
  old_code_hash: string
  new_code_hash: string
  expires_in_seconds: number
}

/** A change of address, as its confirmation needs it. */
export type EmailChangeRow = {
  id: string
  tenant_id: string
  old_email: string
  new_email: string
  old_confirmed_at: Date | string | null
  new_confirmed_at: Date | string | null
}

const COLUMNS = `id, tenant_id, old_email, new_email, old_confirmed_at, new_confirmed_at`

/** Begins a change; one that waits already is replaced, with its codes. */
export async function beginEmailChange(
  context: ModuleContext,
  change: NewEmailChange
): Promise<void> {
  await execute(
    context,
    `insert into portal_email_change (id, tenant_id, customer_id, old_email, new_email,
       old_code_hash, new_code_hash, status, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, 'pending', now() + make_interval(secs => ?))
     on conflict (customer_id) where status = 'pending' do update set
       id = excluded.id, tenant_id = excluded.tenant_id,
       old_email = excluded.old_email, new_email = excluded.new_email,
       old_code_hash = excluded.old_code_hash, new_code_hash = excluded.new_code_hash,
       old_attempts = 0, new_attempts = 0,
       old_confirmed_at = null, new_confirmed_at = null,
       expires_at = excluded.expires_at, created_at = now(), updated_at = now()`,
    [
      change.id,
      change.tenant_id,
      change.customer_id,
      change.old_email,
      change.new_email,
      change.old_code_hash,
      change.new_code_hash,
      change.expires_in_seconds,
    ]
  )
}

/**
 * Takes a try of one mailbox's code, before it is compared.
 *
 * @returns the change and the code's hash; null where none waits, or no try is left
 */
export async function takeEmailChangeAttempt(
  context: ModuleContext,
  input: { customer_id: string; tenant_id: string; side: MailboxSide }
): Promise<{ id: string; code_hash: string } | null> {
  const { side } = input
  const [row] = await execute<{ id: string; code_hash: string }>(
    context,
    `update portal_email_change set ${side}_attempts = ${side}_attempts + 1, updated_at = now()
     where customer_id = ? and tenant_id = ? and status = 'pending'
       and expires_at > now() and ${side}_attempts < ?
     returning id, ${side}_code_hash as code_hash`,
    [input.customer_id, input.tenant_id, MAX_ATTEMPTS]
  )
  return row ?? null
}

/** Notes that a mailbox has answered. */
export async function confirmEmailChange(
  context: ModuleContext,
  { id, side }: { id: string; side: MailboxSide }
): Promise<EmailChangeRow | null> {
  const [row] = await execute<EmailChangeRow>(
    context,
    `update portal_email_change
     set ${side}_confirmed_at = coalesce(${side}_confirmed_at, now()), updated_at = now()
     where id = ? and status = 'pending' and expires_at > now()
     returning ${COLUMNS}`,
    [id]
  )
  return row ?? null
}

/**
 * Takes a change that both mailboxes have confirmed, once.
 *
 * @returns whether this call is the one to carry it out
 */
export async function claimEmailChange(
  context: ModuleContext,
  id: string
): Promise<boolean> {
  const rows = await execute(
    context,
    `update portal_email_change set status = 'applied', updated_at = now()
     where id = ? and status = 'pending'
       and old_confirmed_at is not null and new_confirmed_at is not null
     returning id`,
    [id]
  )
  return rows.length > 0
}

/**
 * Gives a claimed change back, because it could not be carried out: with the codes
 * that both mailboxes have, where that may change; else for good.
 *
 * A change that was begun meanwhile stands: the unique index knows one that waits.
 */
export async function returnEmailChange(
  context: ModuleContext,
  { id, again }: { id: string; again: boolean }
): Promise<void> {
  await execute(
    context,
    `update portal_email_change c set updated_at = now(),
       status = case when ? and not exists (
         select 1 from portal_email_change o
         where o.customer_id = c.customer_id and o.status = 'pending'
       ) then 'pending' else 'failed' end
     where c.id = ? and c.status = 'applied'`,
    [again, id]
  )
}
