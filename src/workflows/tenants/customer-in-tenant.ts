import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Tenant } from "../../types/tenant"
import { portalSessions } from "../portal-sessions/services"

/**
 * Which of these customers are known to a tenant: they have an order in its sales
 * channels, registered with its publishable key, or are a member of an account
 * there. Without the option `tenants` everybody is.
 *
 * @returns their ids; at most two statements
 */
export async function customerInTenant(
  container: MedusaContainer,
  input: { tenant: Tenant; customer_ids: string[] }
): Promise<string[]> {
  const { tenant, customer_ids } = input
  if (tenant.sales_channel_ids === null || !customer_ids.length) {
    return customer_ids
  }
  const noted = await portalSessions(container).listTenantCustomers({
    tenant_id: tenant.id,
    customer_ids,
  })
  const others = customer_ids.filter((id) => !noted.includes(id))
  if (!others.length) {
    return noted
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "order",
      fields: ["id", "customer_id"],
      filters: {
        customer_id: others,
        sales_channel_id: tenant.sales_channel_ids,
      },
      // Of one customer one order says it, however many there are.
      ...(others.length === 1 && { pagination: { take: 1 } }),
    })
  const buyers = (data as { customer_id: string | null }[]).map(
    ({ customer_id }) => customer_id
  )
  return [...noted, ...others.filter((id) => buyers.includes(id))]
}
