import { execute, type ModuleContext } from "../../../database/execute"

/** What the home screen shows of sign-ins and members. */
export type AccountSummary = {
  verified_email: string | null
  locale: string | null
  sessions: number
  members: number
  accounts: number
}

/** The figures of an account in one statement. */
export async function summarizeAccount(
  context: ModuleContext,
  input: { tenant_id: string; customer_id: string }
): Promise<AccountSummary> {
  const { customer_id, tenant_id } = input
  const [row] = await execute<AccountSummary>(
    context,
    `select
       (select verified_email from portal_security_state
         where customer_id = ? and deleted_at is null) as verified_email,
       (select locale from portal_preference
         where customer_id = ? and tenant_id = ? and deleted_at is null) as locale,
       (select count(*)::int from portal_session
         where customer_id = ? and tenant_id = ? and status = 'active'
           and session_expires_at > now() and idle_expires_at > now()
           and deleted_at is null) as sessions,
       (select count(*)::int from portal_member
         where account_customer_id = ? and tenant_id = ? and status = 'active'
           and deleted_at is null) as members,
       (select count(*)::int from portal_member
         where member_customer_id = ? and tenant_id = ? and status = 'active'
           and deleted_at is null) as accounts`,
    [
      customer_id,
      customer_id,
      tenant_id,
      customer_id,
      tenant_id,
      customer_id,
      tenant_id,
      customer_id,
      tenant_id,
    ]
  )
  return (
    row ?? {
      verified_email: null,
      locale: null,
      sessions: 0,
      members: 0,
      accounts: 0,
    }
  )
}

/** The address at which a customer has read mail; null: none is proven. */
export async function findVerifiedEmail(
  context: ModuleContext,
  customer_id: string
): Promise<string | null> {
  const [row] = await execute<{ verified_email: string | null }>(
    context,
    `select verified_email from portal_security_state
     where customer_id = ? and deleted_at is null`,
    [customer_id]
  )
  return row?.verified_email ?? null
}
