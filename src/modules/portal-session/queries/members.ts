/**
 * Who may act in whose account. The customer of the account is its owner without
 * a row: the rows are those that were invited.
 */
import { execute, type ModuleContext } from "../../../database/execute"
import type { MemberRole } from "../../../types/portal-session"

type Time = Date | string

/** A row of `portal_member`, without its hash. */
export type MemberRow = {
  id: string
  tenant_id: string
  account_customer_id: string
  email: string
  member_customer_id: string | null
  role: MemberRole
  status: "invited" | "active" | "removed"
  invite_expires_at: Time | null
  joined_at: Time | null
  created_at: Time
}

/** Whose members, and of which tenant. */
export type AccountKey = { tenant_id: string; account_customer_id: string }

const COLUMNS = `id, tenant_id, account_customer_id, email, member_customer_id,
  role, status, invite_expires_at, joined_at, created_at`

/** A page of those that are invited or members, the oldest first. */
export async function listMembers(
  context: ModuleContext,
  input: AccountKey & { limit: number; offset: number }
): Promise<{ rows: MemberRow[]; count: number }> {
  const where = `account_customer_id = ? and tenant_id = ?
    and status <> 'removed' and deleted_at is null`
  const key = [input.account_customer_id, input.tenant_id]
  const rows = await execute<MemberRow>(
    context,
    `select ${COLUMNS} from portal_member where ${where}
     order by created_at, id limit ? offset ?`,
    [...key, input.limit, input.offset]
  )
  const [total] = await execute<{ count: number }>(
    context,
    `select count(*)::int as count from portal_member where ${where}`,
    key
  )
  return { rows, count: total?.count ?? 0 }
}

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
     returning ${COLUMNS}`,
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
     returning ${COLUMNS}`,
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
 * Takes an invitation up, once, for who has the invited address.
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
     returning ${COLUMNS}`,
    [
      input.customer_id,
      input.invite_hash,
      input.tenant_id,
      input.email,
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
    `select ${COLUMNS} from portal_member
     where invite_hash = ? and tenant_id = ? and deleted_at is null`,
    [input.invite_hash, input.tenant_id]
  )
  return row ?? null
}

/** A change of a member by somebody who may. */
export type MemberChange = AccountKey & {
  id: string
  /** The member that changes; null: the customer of the account. */
  actor_member_id: string | null
}

/**
 * Gives a member another role. Nobody's own: that condition is part of the
 * statement.
 *
 * @returns null where there is no such member, or it is the caller
 */
export async function setMemberRole(
  context: ModuleContext,
  input: MemberChange & { role: MemberRole }
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `update portal_member set role = ?, updated_at = now()
     where id = ? and account_customer_id = ? and tenant_id = ?
       and status <> 'removed' and deleted_at is null and id <> ?
     returning ${COLUMNS}`,
    [
      input.role,
      input.id,
      input.account_customer_id,
      input.tenant_id,
      input.actor_member_id ?? "",
    ]
  )
  return row ?? null
}

/**
 * Removes a member or takes an invitation back, and ends the member's sessions in
 * the account.
 *
 * @returns null where there is no such member
 */
export async function removeMember(
  context: ModuleContext,
  input: Omit<MemberChange, "actor_member_id">
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `with removed as (
       update portal_member set status = 'removed', updated_at = now()
       where id = ? and account_customer_id = ? and tenant_id = ?
         and status <> 'removed' and deleted_at is null
       returning ${COLUMNS}
     ), ended as (
       update portal_session s set status = 'revoked', revoked_at = now(),
         revoked_reason = 'member_removed', updated_at = now()
       from removed where s.member_id = removed.id and s.status in ('pending', 'active')
     )
     select ${COLUMNS} from removed`,
    [input.id, input.account_customer_id, input.tenant_id]
  )
  return row ?? null
}

/** The accounts that a customer is a member of. */
export async function listMemberships(
  context: ModuleContext,
  input: { tenant_id: string; member_customer_id: string; limit: number }
): Promise<MemberRow[]> {
  return await execute<MemberRow>(
    context,
    `select ${COLUMNS} from portal_member
     where member_customer_id = ? and tenant_id = ? and status = 'active'
       and deleted_at is null
     order by joined_at, id limit ?`,
    [input.member_customer_id, input.tenant_id, input.limit]
  )
}

/** A customer's membership of one account. */
export async function findMembership(
  context: ModuleContext,
  input: AccountKey & { member_customer_id: string }
): Promise<MemberRow | null> {
  const [row] = await execute<MemberRow>(
    context,
    `select ${COLUMNS} from portal_member
     where member_customer_id = ? and account_customer_id = ? and tenant_id = ?
       and status = 'active' and deleted_at is null
     limit 1`,
    [input.member_customer_id, input.account_customer_id, input.tenant_id]
  )
  return row ?? null
}
