import type { MedusaContainer } from "@medusajs/framework/types"
import type { Tenant } from "../../types/tenant"

/** Placeholder until the real one lands. */
export async function customerInTenant(
  _container: MedusaContainer,
  input: { tenant: Tenant; customer_ids: string[] }
): Promise<string[]> {
  return Promise.resolve(input.customer_ids)
}
