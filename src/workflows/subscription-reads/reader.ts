import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type { FoundSubscription } from "../../modules/subscription/queries/get-subscription"
import type {
  CustomerScope,
  ReadScope,
} from "../../modules/subscription/queries/read-scope"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { Tenant } from "../../types/tenant"

export type {
  CustomerScope,
  ReadScope,
} from "../../modules/subscription/queries/read-scope"

/** Every customer's subscriptions: for the admin. */
export const EVERYONE: ReadScope = { every_customer: true }

/** A customer's subscriptions within a tenant. */
export function scopeOf(caller: {
  customer_id: string
  tenant: Pick<Tenant, "sales_channel_ids">
}): CustomerScope {
  const { sales_channel_ids } = caller.tenant
  return { customer_id: caller.customer_id, sales_channel_ids }
}

/** Which subscription, and whose it must be. */
export type SubscriptionKey = { scope: ReadScope; id: string }

/** The module that the reads go to. */
export function subscriptionsOf(
  container: MedusaContainer
): SubscriptionModuleService {
  return container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
}

/**
 * One subscription's row and items.
 *
 * @throws `not_found` where there is none within the scope, whoever else's it is
 */
export async function findSubscription(
  container: MedusaContainer,
  key: SubscriptionKey
): Promise<FoundSubscription> {
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  return found(
    await subscriptionsOf(container).readSubscription({ ...key, now })
  )
}

/**
 * What was found.
 *
 * @throws `not_found`
 */
export function found<T>(value: T | null): T {
  if (value === null) {
    throw portalError("not_found")
  }
  return value
}
