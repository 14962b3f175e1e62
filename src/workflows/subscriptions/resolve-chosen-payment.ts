import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { matchesProvider, SYSTEM_PROVIDER } from "../checkout/providers"
import { listOf } from "../payment-methods/saved-methods"
import { listAccountHolders } from "../payments/account-holder"
import { NO_PAYMENT_SOURCE, type PaymentSource } from "./purchase"

/**
 * What somebody chose for a customer to be charged with: one of the methods that
 * the customer has saved, as the provider knows them now.
 *
 * @param chosen - left out: none yet
 * @throws `payment_provider_not_off_session`, `payment_method_required`,
 * `not_found` (also another customer's), `provider_unavailable` (409)
 */
export async function resolveChosenPayment(
  container: MedusaContainer,
  customerId: string,
  chosen?: { provider_id: string; payment_method_id?: string }
): Promise<PaymentSource> {
  if (!chosen) {
    return NO_PAYMENT_SOURCE
  }
  const { provider_id, payment_method_id } = chosen
  const { offSessionProviders } =
    container.resolve<RuntimeModuleService>(RUNTIME_MODULE).options
  if (!matchesProvider(offSessionProviders, provider_id)) {
    throw portalError("payment_provider_not_off_session")
  }
  if (provider_id === SYSTEM_PROVIDER) {
    return { ...NO_PAYMENT_SOURCE, provider_id, is_usable: true }
  }
  if (!payment_method_id) {
    throw portalError("payment_method_required")
  }
  const holders = await listAccountHolders(container, {
    customer_id: customerId,
    provider_id,
  })
  for (const holder of holders) {
    const methods = await listOf(container, holder)
    if (!methods) {
      throw portalError("provider_unavailable", { details: { provider_id } })
    }
    if (methods.some(({ id }) => id === payment_method_id)) {
      return {
        provider_id,
        account_holder_id: holder.id,
        payment_method_id,
        is_usable: true,
      }
    }
  }
  throw portalError("not_found", {
    message: "The customer has no such payment method.",
  })
}
