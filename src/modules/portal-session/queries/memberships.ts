/** The other way round: the accounts in which a customer may act. */
import { execute, type ModuleContext } from "../../../database/execute"
import { MEMBER_COLUMNS, type AccountKey, type MemberRow } from "./member-row"

/** The accounts that a customer is a member of. */
export async function listMemberships(
  context: ModuleContext,
  input: { tenant_id: string; member_customer_id: string; limit: number }
): Promise<MemberRow[]> {
  return await execute<MemberRow>(
    context,
    `select ${MEMBER_COLUMNS} from portal_member
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
    `select ${MEMBER_COLUMNS} from portal_member
     where member_customer_id = ? and account_customer_id = ? and tenant_id = ?
       and status = 'active' and deleted_at is null
     limit 1`,
    [input.member_customer_id, input.account_customer_id, input.tenant_id]
  )
  return row ?? null
}
