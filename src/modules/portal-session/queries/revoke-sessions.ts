import { execute, type ModuleContext } from "../../../database/execute"

/**
 * Ends everything of a customer: open links, portal sessions, and with
 * `tokens` Medusa's own tokens and cookies too.
 *
 * A link that is opened in this very moment either was opened before, then the
 * second statement waits for its row and ends the session; or it comes after,
 * then its own statement finds the link revoked, or made before the cut-off.
 *
 * @returns how many links and sessions ended
 */
export async function revokeCustomer(
  context: ModuleContext,
  input: {
    customer_id: string
    reason: string
    tenant_id?: string
    /** A session that stays, which is the caller's own. */
    except?: string
    /** Also what Medusa issued. A JWT's time has whole seconds. */
    tokens: boolean
    id: string
  }
): Promise<number> {
  if (input.tokens || !input.tenant_id) {
    await execute(
      context,
      `insert into portal_security_state as x (id, customer_id, tokens_valid_after, sessions_valid_after)
       values (?, ?, case when ? then date_trunc('second', clock_timestamp()) + interval '1 second' end, clock_timestamp())
       on conflict (customer_id) do update set
         tokens_valid_after = coalesce(excluded.tokens_valid_after, x.tokens_valid_after),
         sessions_valid_after = excluded.sessions_valid_after,
         updated_at = now()`,
      [input.id, input.customer_id, input.tokens]
    )
  }
  const rows = await execute(
    context,
    `update portal_session set status = 'revoked', revoked_at = now(),
       revoked_reason = ?, updated_at = now()
     where (customer_id = ? or member_id in (
         select id from portal_member where member_customer_id = ?))
       and status in ('pending', 'active')
       and (?::text is null or tenant_id = ?) and id <> ?
     returning id`,
    [
      input.reason,
      input.customer_id,
      // Where they act in the account of somebody else, they are signed in, too.
      input.customer_id,
      input.tenant_id ?? null,
      input.tenant_id ?? null,
      input.except ?? "",
    ]
  )
  return rows.length
}

/**
 * Ends one link or session.
 *
 * @param filter - whose it must be; a customer can only end their own
 * @returns the id, or null where there is none such that lives
 */
export async function revokeSession(
  context: ModuleContext,
  input: {
    id: string
    reason: string
    tenant_id?: string
    customer_id?: string
  }
): Promise<string | null> {
  const [row] = await execute<{ id: string }>(
    context,
    `update portal_session set status = 'revoked', revoked_at = now(),
       revoked_reason = ?, updated_at = now()
     where id = ? and status in ('pending', 'active') and deleted_at is null
       and (?::text is null or tenant_id = ?)
       and (?::text is null or customer_id = ?)
     returning id`,
    [
      input.reason,
      input.id,
      input.tenant_id ?? null,
      input.tenant_id ?? null,
      input.customer_id ?? null,
      input.customer_id ?? null,
    ]
  )
  return row?.id ?? null
}

/** Ends a session as its owner's logout, or because its flow is done. */
export async function completeSession(
  context: ModuleContext,
  id: string
): Promise<void> {
  await execute(
    context,
    `update portal_session set status = 'completed', completed_at = now(),
       updated_at = now()
     where id = ? and status = 'active'`,
    [id]
  )
}

/** A proof that was shown in a session. */
export type ShownProof = {
  id: string
  /** Whether it was the second factor. */
  mfa: boolean
  /** The hash of the session's secret, and of the one that takes its place. */
  secret?: { before: string; after: string }
}

/**
 * Notes the second factor, or another proof, of a session that lives. With
 * `secret` it goes on with another one: whoever has seen the old one does not come
 * along. Of several at once one gets it.
 *
 * @returns whether it was noted
 */
export async function markSteppedUp(
  context: ModuleContext,
  { id, mfa, secret }: ShownProof
): Promise<boolean> {
  const { before, after } = secret ?? { before: null, after: null }
  const rows = await execute(
    context,
    `update portal_session set stepped_up_at = now(), updated_at = now(),
       mfa_state = case when ? then 'verified' else mfa_state end,
       session_hash = coalesce(?, session_hash),
       exchange_nonce_hash = case when ?::text is null then exchange_nonce_hash end
     where id = ? and status = 'active' and (?::text is null or session_hash = ?)
     returning id`,
    [mfa, after, after, id, before, before]
  )
  return rows.length > 0
}
