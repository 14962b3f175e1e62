import type { MedusaContainer } from "@medusajs/framework/types"
import {
  tenantOfChannels as tenantAmong,
  tenantsOf,
  type TenantProblem,
} from "../../modules/runtime/tenants"
import type { PortalOptions } from "../../modules/runtime/options"
import type { Tenant } from "../../types/tenant"
import { portalOptions } from "../portal-sessions/services"

export { DEFAULT_TENANT_ID } from "../../modules/runtime/tenants"

/** Options do not change while a store runs. */
const known = new WeakMap<PortalOptions, Tenant[]>()

/** All tenants of the store. */
export function listTenants(container: MedusaContainer): Tenant[] {
  const options = portalOptions(container)
  const tenants = known.get(options) ?? tenantsOf(options)
  known.set(options, tenants)
  return tenants
}

/**
 * A tenant by its id; without one the only tenant there is.
 *
 * @returns null where there is none such, or it is not clear which
 */
export function findTenant(
  container: MedusaContainer,
  id?: string | null
): Tenant | null {
  const tenants = listTenants(container)
  if (id === undefined || id === null) {
    return tenants.length === 1 ? (tenants[0] ?? null) : null
  }
  return tenants.find((tenant) => tenant.id === id) ?? null
}

/** The one tenant that covers all these sales channels, or why there is none. */
export function tenantOfChannels(
  container: MedusaContainer,
  channelIds: readonly string[]
): Tenant | TenantProblem {
  return tenantAmong(listTenants(container), channelIds)
}
