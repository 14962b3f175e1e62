/** Invitations to act in an account, until they are taken up. */
import { execute, type ModuleContext } from "../../../database/execute"
import type { MemberRole } from "../../../types/portal-session"
import { MEMBER_COLUMNS, type AccountKey, type MemberRow } from "./member-row"

/** A new invitation, or the next one to the same address. */
export type Invitation = AccountKey & {
  id: string
  invite_hash: string
  seconds: number
}

/**
 * Invites an address. The unique index lets one of many through.
 *
 * @returns null where the address is invited or a member already
 */
export async function insertMember(
  context: ModuleContext,
  input: Invitation & {
    email: string
    role: MemberRole
    invited_by: string
  }
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `insert into portal_member (id, tenant_id, account_customer_id, email, role,
       status, invited_by, invite_hash, invite_expires_at)
     values (?, ?, ?, ?, ?, 'invited', ?, ?, now() + make_interval(secs => ?))
     on conflict (tenant_id, account_customer_id, email)
       where status <> 'removed' and deleted_at is null do nothing
     returning ${MEMBER_COLUMNS}`,
    [
      input.id,
      input.tenant_id,
      input.account_customer_id,
      input.email,
      input.role,
      input.invited_by,
      input.invite_hash,
      input.seconds,
    ]
  )
  return row ?? null
}

/**
 * Replaces the token of an open invitation; the old one is worth nothing then.
 *
 * @returns null where there is none open
 */
export async function renewInvitation(
  context: ModuleContext,
  input: Invitation
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `update portal_member set invite_hash = ?, updated_at = now(),
       invite_expires_at = now() + make_interval(secs => ?)
     where id = ? and account_customer_id = ? and tenant_id = ?
       and status = 'invited' and deleted_at is null
     returning ${MEMBER_COLUMNS}`,
    [
      input.invite_hash,
      input.seconds,
      input.id,
      input.account_customer_id,
      input.tenant_id,
    ]
  )
  return row ?? null
}

/**
 * Takes an invitation up, once, for who has the invited address and has read mail
 * there: that proof is a condition of the statement.
 *
 * @returns null where it does not become theirs; `findInvitation` says why
 */
export async function acceptInvitation(
  context: ModuleContext,
  input: {
    invite_hash: string
    tenant_id: string
    email: string
    customer_id: string
  }
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `update portal_member set status = 'active', member_customer_id = ?,
       joined_at = now(), updated_at = now()
     where invite_hash = ? and tenant_id = ? and email = ? and status = 'invited'
       and invite_expires_at > now() and account_customer_id <> ?
       and deleted_at is null
       and exists (select 1 from portal_security_state x
         where x.customer_id = ? and x.verified_email = portal_member.email
           and x.deleted_at is null)
     returning ${MEMBER_COLUMNS}`,
    [
      input.customer_id,
      input.invite_hash,
      input.tenant_id,
      input.email,
      input.customer_id,
      input.customer_id,
    ]
  )
  return row ?? null
}

/** The invitation of a token within a tenant, whatever became of it. */
export async function findInvitation(
  context: ModuleContext,
  input: { invite_hash: string; tenant_id: string }
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `select ${MEMBER_COLUMNS} from portal_member
     where invite_hash = ? and tenant_id = ? and deleted_at is null`,
    [input.invite_hash, input.tenant_id]
  )
  return row ?? null
}
