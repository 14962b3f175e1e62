import type { MedusaContainer } from "@medusajs/framework/types"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { Tenant } from "../../types/tenant"
import { paymentMethods } from "../payments/exclusively"
import { findTenant, listTenants, tenantOfChannels } from "../tenants/tenants"

const PAGE = 100

/** Whose cards are looked at, and why. */
export type Watched = {
  account_holder_id: string
  provider_id: string
  customer_id: string
  /** Methods that live subscriptions are paid with. */
  used: string[]
  tenant: Tenant
  locale: string | null
}

/** Holders that live subscriptions are charged through, a page at a time. */
export async function* payingHolders(
  container: MedusaContainer
): AsyncGenerator<Watched[]> {
  const subscriptions =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  let after = ""
  for (;;) {
    const page = await subscriptions.pagePayingHolders({ after, limit: PAGE })
    yield page.flatMap(
      ({ payment_method_ids: used, sales_channel_id, ...one }) => {
        const tenant = tenantOf(container, one.provider_id, sales_channel_id)
        return tenant ? [{ ...one, used, tenant }] : []
      }
    )
    const last = page.at(-1)
    if (!last || page.length < PAGE) {
      return
    }
    after = last.account_holder_id
  }
}

/** Holders that have a default method, whoever pays with it. */
export async function* defaultHolders(
  container: MedusaContainer
): AsyncGenerator<Watched[]> {
  let after = ""
  for (;;) {
    const page = await paymentMethods(container).pageDefaultHolders({
      after,
      limit: PAGE,
    })
    yield page.flatMap(({ tenant_id, ...one }) => {
      const tenant = findTenant(container, tenant_id)
      return tenant ? [{ ...one, used: [], tenant, locale: null }] : []
    })
    const last = page.at(-1)
    if (!last || page.length < PAGE) {
      return
    }
    after = last.account_holder_id
  }
}

/** The tenant of the subscriptions; where that is not clear, the provider's. */
function tenantOf(
  container: MedusaContainer,
  providerId: string,
  channelId: string | null
): Tenant | null {
  const tenant = channelId ? tenantOfChannels(container, [channelId]) : "none"
  if (typeof tenant === "object") {
    return tenant
  }
  return (
    listTenants(container).find(
      ({ payment_provider_ids: ids }) =>
        ids === null || ids.includes(providerId)
    ) ?? null
  )
}
