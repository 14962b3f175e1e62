import { execute, type ModuleContext } from "../../../database/execute"

/** A sign-in of Medusa's own that was seen. */
export type NewSignIn = {
  id: string
  customer_id: string
  kind: "jwt" | "cookie"
  token_hash: string
  ip: string | null
  user_agent: string | null
  device_label: string | null
  expires_at: Date
}

/** A sign-in as it is listed. */
export type SignInRow = {
  id: string
  kind: "jwt" | "cookie"
  ip: string | null
  device_label: string | null
  created_at: Date | string
  last_seen_at: Date | string
  expires_at: Date | string
}

/** Writes "seen" no more often than this. */
const TOUCH_SECONDS = 60

/**
 * Notes a sign-in.
 *
 * @returns whether the customer had signed in before, though never from such a
 * device
 */
export async function insertSignIn(
  context: ModuleContext,
  signIn: NewSignIn
): Promise<{ is_new_device: boolean }> {
  const [row] = await execute<{ is_new_device: boolean }>(
    context,
    `with known as (
       select device_label from portal_device where customer_id = ?
       union all
       select device_label from portal_session
       where customer_id = ? and redeemed_at is not null
     ), noted as (
       insert into portal_device (id, customer_id, kind, token_hash, ip, user_agent, device_label, expires_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (token_hash) do nothing
     )
     select count(*) > 0 and not coalesce(bool_or(device_label is not distinct from ?::text), false) as is_new_device
     from known`,
    [
      signIn.customer_id,
      signIn.customer_id,
      signIn.id,
      signIn.customer_id,
      signIn.kind,
      signIn.token_hash,
      signIn.ip,
      signIn.user_agent,
      signIn.device_label,
      signIn.expires_at,
      signIn.device_label,
    ]
  )
  return { is_new_device: row?.is_new_device ?? false }
}

/** What decides about the credentials of one customer. */
export type SignInVerdict = {
  /** Whole seconds since 1970: what was issued before is refused. */
  valid_after: number
  /** Which of the credentials were ended one by one. */
  revoked: string[]
}

/** Reads the cut-off and what was ended, and notes that the credential is used. */
export async function judgeSignIn(
  context: ModuleContext,
  input: { customer_id: string; token_hashes: string[] }
): Promise<SignInVerdict> {
  const [row] = await execute<{
    valid_after: string | number | null
    revoked: string[] | null
  }>(
    context,
    `with seen as (
       update portal_device set last_seen_at = now()
       where token_hash = any(?::text[]) and revoked_at is null
         and last_seen_at < now() - make_interval(secs => ?)
     )
     select
       (select extract(epoch from max(tokens_valid_after)) from portal_security_state
        where customer_id = ?) as valid_after,
       (select array_agg(token_hash) from portal_device
        where token_hash = any(?::text[]) and revoked_at is not null) as revoked`,
    [input.token_hashes, TOUCH_SECONDS, input.customer_id, input.token_hashes]
  )
  return {
    valid_after: Number(row?.valid_after ?? 0),
    revoked: row?.revoked ?? [],
  }
}

/** Sign-ins that still count, newest first. */
export async function listSignIns(
  context: ModuleContext,
  input: { customer_id: string; limit: number }
): Promise<SignInRow[]> {
  return await execute<SignInRow>(
    context,
    `select id, kind, ip, device_label, created_at, last_seen_at, expires_at
     from portal_device d
     where customer_id = ? and revoked_at is null and expires_at > now() and deleted_at is null
       and created_at >= coalesce((select max(tokens_valid_after) - interval '1 second'
         from portal_security_state s where s.customer_id = d.customer_id), 'epoch')
     order by created_at desc, id limit ?`,
    [input.customer_id, String(input.limit)]
  )
}

/**
 * Ends one sign-in.
 *
 * @param input.customer_id - whose it must be; a customer can only end their own
 * @returns its id, or null where there is none such that counts
 */
export async function revokeSignIn(
  context: ModuleContext,
  input: { id: string; customer_id?: string }
): Promise<string | null> {
  const owner = input.customer_id ?? null
  const [row] = await execute<{ id: string }>(
    context,
    `update portal_device set revoked_at = now(), updated_at = now()
     where id = ? and (?::text is null or customer_id = ?) and revoked_at is null
       and expires_at > now() and deleted_at is null
     returning id`,
    [input.id, owner, owner]
  )
  return row?.id ?? null
}

/** Ends a sign-in by its token or cookie: its own logout. */
export async function endSignIn(
  context: ModuleContext,
  token_hash: string
): Promise<void> {
  await execute(
    context,
    `update portal_device set revoked_at = now(), updated_at = now()
     where token_hash = ? and revoked_at is null`,
    [token_hash]
  )
}

/**
 * Ends all sign-ins that were seen. The cut-off alone compares two clocks: a
 * token from a computer whose clock is ahead would outlive it.
 */
export async function revokeSignIns(
  context: ModuleContext,
  customer_id: string
): Promise<void> {
  await execute(
    context,
    `update portal_device set revoked_at = now(), updated_at = now()
     where customer_id = ? and revoked_at is null`,
    [customer_id]
  )
}
