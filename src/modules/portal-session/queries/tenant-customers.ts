import { execute, type ModuleContext } from "../../../database/execute"

/** Notes that a customer belongs to a tenant; again: nothing. */
export async function addTenantCustomer(
  context: ModuleContext,
  input: { tenant_id: string; customer_id: string }
): Promise<void> {
  await execute(
    context,
    `insert into portal_tenant_customer (tenant_id, customer_id)
     values (?, ?) on conflict do nothing`,
    [input.tenant_id, input.customer_id]
  )
}

/** Which of these customers are noted as the tenant's. */
export async function listTenantCustomers(
  context: ModuleContext,
  input: { tenant_id: string; customer_ids: string[] }
): Promise<string[]> {
  const rows = await execute<{ customer_id: string }>(
    context,
    `select customer_id from portal_tenant_customer
     where tenant_id = ? and customer_id = any(?)
     union
     select member_customer_id from portal_member
     where tenant_id = ? and member_customer_id = any(?) and status = 'active'`,
    [input.tenant_id, input.customer_ids, input.tenant_id, input.customer_ids]
  )
  return rows.map((row) => row.customer_id)
}
