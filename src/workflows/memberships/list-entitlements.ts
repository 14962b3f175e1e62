import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { CustomerScope } from "../../modules/subscription/queries/read-scope"
import type { EntitlementView, OpeningPlan } from "../../types/memberships-http"
import { subscriptionsOf } from "../subscription-reads/reader"

/**
 * What a customer may use now.
 *
 * @param key - only this one; left out: all
 *
 * @example
 * await listCustomerEntitlements(container, scope, "courses")
 */
export async function listCustomerEntitlements(
  container: MedusaContainer,
  scope: CustomerScope,
  key?: string
): Promise<EntitlementView<Date>[]> {
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  return await subscriptionsOf(container).readEntitlements({
    scope,
    now,
    key: key ?? null,
  })
}

/**
 * The same for the admin, whatever tenant the subscriptions are of.
 *
 * @throws `not_found` where there is no such customer
 */
export async function listEntitlementsOfCustomer(
  container: MedusaContainer,
  customer_id: string
): Promise<EntitlementView<Date>[]> {
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [customer_id] }, { select: ["id"], take: 1 })
  if (!customer) {
    throw portalError("not_found")
  }
  const scope = { customer_id, sales_channel_ids: null }
  return await listCustomerEntitlements(container, scope)
}

/** The plans on offer that would give an entitlement, at most 20. */
export async function listOpeningPlans(
  container: MedusaContainer,
  key: string
): Promise<OpeningPlan[]> {
  return await subscriptionsOf(container).readOpeningPlans(key)
}
