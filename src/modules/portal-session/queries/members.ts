/**
 * Who may act in an account. Its customer is its owner without a row: the rows are
 * those that were invited.
 */
import { execute, type ModuleContext } from "../../../database/execute"
import type { MemberRole } from "../../../types/portal-session"
import { MEMBER_COLUMNS, type AccountKey, type MemberRow } from "./member-row"

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
    `select ${MEMBER_COLUMNS} from portal_member where ${where}
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
     returning ${MEMBER_COLUMNS}`,
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
       returning ${MEMBER_COLUMNS}
     ), ended as (
       update portal_session s set status = 'revoked', revoked_at = now(),
         revoked_reason = 'member_removed', updated_at = now()
       from removed where s.member_id = removed.id and s.status in ('pending', 'active')
     )
     select ${MEMBER_COLUMNS} from removed`,
    [input.id, input.account_customer_id, input.tenant_id]
  )
  return row ?? null
}
