import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Tenant } from "../../types/tenant"
import { customerInTenant } from "../tenants/customer-in-tenant"

/** Who an address belongs to. */
export type FoundCustomer = { id: string; email: string; has_account: boolean }

/**
 * The customer of an address within a tenant, whatever its case. Of several rows
 * the account wins, then the oldest: always the same one.
 *
 * @returns null where the tenant knows nobody of that address
 */
export async function findCustomerByEmail(
  container: MedusaContainer,
  tenant: Tenant,
  email: string
): Promise<FoundCustomer | null> {
  const wanted = email.toLowerCase()
  const rows = await container.resolve(Modules.CUSTOMER).listCustomers(
    { email: { $ilike: wanted.replace(/[\\%_]/g, "\\$&") } },
    {
      select: ["id", "email", "has_account", "created_at"],
      order: { has_account: "DESC", created_at: "ASC", id: "ASC" },
      take: 20,
    }
  )
  const same = rows.filter((row) => row.email.toLowerCase() === wanted)
  const members = new Set(
    await customerInTenant(container, {
      tenant,
      customer_ids: same.map(({ id }) => id),
    })
  )
  const found = same.find(({ id }) => members.has(id))
  return found
    ? { id: found.id, email: found.email, has_account: found.has_account }
    : null
}
