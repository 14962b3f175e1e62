import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { Tenant } from "../../types/tenant"
import { portalSessions } from "../portal-sessions/services"
import { listTenants } from "../tenants/tenants"

/**
 * Which brand writes to a customer about a sign-in of Medusa's own, whose routes
 * know no publishable key: the one whose portal they used last, else the first.
 */
export async function tenantOfCustomer(
  container: MedusaContainer,
  customer_id: string
): Promise<Tenant> {
  const [first, ...others] = listTenants(container)
  if (!first) {
    throw portalError("tenant_unknown")
  }
  if (!others.length) {
    return first
  }
  const [session] = await portalSessions(container).listPortalSessions(
    { customer_id },
    { select: ["tenant_id"], order: { created_at: "DESC" }, take: 1 }
  )
  return [first, ...others].find(({ id }) => id === session?.tenant_id) ?? first
}
