import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { Tenant } from "../../types/tenant"

/** The part of a payment provider's service that the plugin looks at itself. */
export type ProviderService = {
  savePaymentMethod?: unknown
  listPaymentMethods?: unknown
  constructWebhookEvent?: unknown
}

/** Providers are registered when a store starts, and stay. */
const known = new WeakMap<object, Promise<string[]>>()

/** The ids of all enabled payment providers of the store. */
export async function listProviderIds(
  container: MedusaContainer
): Promise<string[]> {
  const payments = container.resolve(Modules.PAYMENT)
  const read = async () => {
    const providers = await payments.listPaymentProviders(
      { is_enabled: true },
      { select: ["id"], take: 1000 }
    )
    return providers.map(({ id }) => id).sort()
  }
  const ids = known.get(payments) ?? read()
  known.set(payments, ids)
  try {
    return await ids
  } catch (error) {
    known.delete(payments)
    throw error
  }
}

/** The ids of a tenant's providers; without a list of its own, all. */
export async function listTenantProviders(
  container: MedusaContainer,
  { payment_provider_ids: own }: Pick<Tenant, "payment_provider_ids">
): Promise<string[]> {
  const all = await listProviderIds(container)
  return own ? all.filter((id) => own.includes(id)) : all
}

/**
 * Refuses an id that is none of the tenant's providers. Whatever a caller sends
 * is compared with a list here, and looked up nowhere before.
 *
 * @throws `payment_provider_unknown` (400)
 */
export async function requireTenantProvider(
  container: MedusaContainer,
  tenant: Pick<Tenant, "payment_provider_ids">,
  providerId: string
): Promise<void> {
  if (!(await listTenantProviders(container, tenant)).includes(providerId)) {
    throw portalError("payment_provider_unknown")
  }
}

/**
 * Whether a provider saves methods. Medusa's payment module does not tell: asked
 * for what a provider cannot, it warns and answers nothing. The system provider
 * is one that cannot: it takes no money, so there is nothing to save.
 *
 * @param providerId - one of `listProviderIds`
 */
export function canSaveMethods(
  container: MedusaContainer,
  providerId: string
): boolean {
  const provider = providerService(container, providerId)
  return (
    typeof provider?.savePaymentMethod === "function" &&
    typeof provider.listPaymentMethods === "function"
  )
}

/** Where Medusa's payment module keeps its providers; not a public part of it. */
type WithProviders = {
  paymentProviderService_?: {
    retrieveProvider?: (id: string) => ProviderService
  }
}

/**
 * A provider's own service.
 *
 * @param providerId - one of `listProviderIds`, never a caller's text
 */
export function providerService(
  container: MedusaContainer,
  providerId: string
): ProviderService | undefined {
  const payments = container.resolve<WithProviders>(Modules.PAYMENT)
  return payments.paymentProviderService_?.retrieveProvider?.(providerId)
}
