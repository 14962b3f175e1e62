import { generateEntityId } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"

/** An account holder with a default payment method, and whose it is. */
export type DefaultHolder = {
  account_holder_id: string
  customer_id: string
  provider_id: string
  tenant_id: string
}

/** Notes that an account holder has a default; again: the tenant of the last time. */
export async function noteDefaultHolder(
  context: ModuleContext,
  holder: DefaultHolder
): Promise<void> {
  await execute(
    context,
    `insert into portal_default_holder (id, account_holder_id, customer_id, provider_id, tenant_id)
     values (?, ?, ?, ?, ?)
     on conflict (account_holder_id) do update
       set tenant_id = excluded.tenant_id, updated_at = now()`,
    [
      generateEntityId(undefined, "pdefh"),
      holder.account_holder_id,
      holder.customer_id,
      holder.provider_id,
      holder.tenant_id,
    ]
  )
}

/** A page of them, by id: those after the last one of the page before. */
export async function pageDefaultHolders(
  context: ModuleContext,
  { after, limit }: { after: string; limit: number }
): Promise<DefaultHolder[]> {
  return await execute<DefaultHolder>(
    context,
    `select account_holder_id, customer_id, provider_id, tenant_id
       from portal_default_holder
      where account_holder_id > ?
      order by account_holder_id
      limit ?`,
    [after, limit]
  )
}

/** Forgets one account holder, or all of a customer. */
export async function forgetDefaultHolders(
  context: ModuleContext,
  which: { account_holder_id: string } | { customer_id: string }
): Promise<void> {
  const [column, id] =
    "customer_id" in which
      ? (["customer_id", which.customer_id] as const)
      : (["account_holder_id", which.account_holder_id] as const)
  await execute(
    context,
    `delete from portal_default_holder where ${column} = ?`,
    [id]
  )
}
