import { execute, type ModuleContext } from "../../../database/execute"

/** How often a code may be typed. */
export const MAX_CODE_ATTEMPTS = 5

/** A request for a sign-in mail. */
export type NewLoginRequest = {
  id: string
  tenant_id: string
  email: string
  email_hash: string
  seconds: number
  ip: string | null
  return_url: string | null
  locale: string | null
}

export type ClaimedLoginRequest = {
  id: string
  tenant_id: string
  email: string
  email_hash: string
  return_url: string | null
  locale: string | null
  created_at: Date | string
}

export async function insertLoginRequest(
  context: ModuleContext,
  input: NewLoginRequest
): Promise<void> {
  await execute(
    context,
    `insert into portal_login_request
       (id, tenant_id, email, email_hash, expires_at, ip, return_url, locale)
     values (?, ?, ?, ?, now() + make_interval(secs => ?), ?, ?, ?)`,
    [
      input.id,
      input.tenant_id,
      input.email,
      input.email_hash,
      input.seconds,
      input.ip,
      input.return_url,
      input.locale,
    ]
  )
}

/**
 * Takes a request to send its mail, and empties the address. An event that comes
 * twice finds nothing the second time.
 */
export async function claimLoginRequest(
  context: ModuleContext,
  id: string
): Promise<ClaimedLoginRequest | null> {
  const [row] = await execute<ClaimedLoginRequest>(
    context,
    `update portal_login_request r set processed_at = now(), email = null, updated_at = now()
     from (select id, email from portal_login_request where id = ? for update) old
     where r.id = old.id and r.processed_at is null and r.expires_at > now()
     returning r.id, r.tenant_id, old.email, r.email_hash, r.return_url, r.locale, r.created_at`,
    [id]
  )
  return row ?? null
}

/** What became of a request: a mail with link and code, or why there is none. */
export async function settleLoginRequest(
  context: ModuleContext,
  input: {
    id: string
    customer_id?: string
    session_id?: string
    code_hash?: string
    suppressed_reason?: string
  }
): Promise<void> {
  await execute(
    context,
    `update portal_login_request set customer_id = ?, session_id = ?,
       code_hash = ?, suppressed_reason = ?, updated_at = now()
     where id = ?`,
    [
      input.customer_id ?? null,
      input.session_id ?? null,
      input.code_hash ?? null,
      input.suppressed_reason ?? null,
      input.id,
    ]
  )
}

/**
 * Takes one of the tries of a code. The statement counts before the code is
 * looked at: of any number at once no more than five are evaluated.
 *
 * @returns `left: false` where no try is left
 */
export async function takeCodeAttempt(
  context: ModuleContext,
  input: { id: string; tenant_id: string }
): Promise<
  | { status: "unknown" | "expired" | "used" | "exhausted" }
  | { status: "open"; code_hash: string | null; session_id: string | null }
> {
  const [row] = await execute<{
    code_hash: string | null
    session_id: string | null
  }>(
    context,
    `update portal_login_request set attempts = attempts + 1
     where id = ? and tenant_id = ? and consumed_at is null
       and expires_at > now() and attempts < ?
     returning code_hash, session_id`,
    [input.id, input.tenant_id, MAX_CODE_ATTEMPTS]
  )
  if (row) {
    return { status: "open", ...row }
  }
  const [dead] = await execute<{ used: boolean; expired: boolean }>(
    context,
    `select consumed_at is not null as used, expires_at <= now() as expired
     from portal_login_request where id = ? and tenant_id = ?`,
    [input.id, input.tenant_id]
  )
  if (!dead) {
    return { status: "unknown" }
  }
  if (dead.used) {
    return { status: "used" }
  }
  return { status: dead.expired ? "expired" : "exhausted" }
}

/** Uses the code up. */
export async function consumeLoginRequest(
  context: ModuleContext,
  id: string
): Promise<boolean> {
  const rows = await execute(
    context,
    `update portal_login_request set consumed_at = now(), updated_at = now()
     where id = ? and consumed_at is null returning id`,
    [id]
  )
  return rows.length > 0
}
