import type { MedusaContainer } from "@medusajs/framework/types"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { PaymentMethodListResponse } from "../../types/payment-method-http"
import { isOfTenant, methodView } from "./method-view"
import { canSaveMethods, listTenantProviders } from "./providers"
import { readSavedMethods, type MethodScope } from "./saved-methods"

/**
 * The customer's payment methods, with the subscriptions that each pays: three
 * statements and one call a provider, whatever the customer has. (A fourth reads
 * the test clock where there is one.)
 */
export async function listPaymentMethods(
  container: MedusaContainer,
  scope: MethodScope
): Promise<PaymentMethodListResponse> {
  const [providers, saved, uses, now] = await Promise.all([
    listTenantProviders(container, scope.tenant),
    readSavedMethods(container, scope),
    container
      .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
      .listMethodUses(scope.customer_id),
    container.resolve<RuntimeModuleService>(RUNTIME_MODULE).now(),
  ])
  const own = uses.filter((use) => isOfTenant(use, scope.tenant))
  return {
    payment_methods: saved.methods.map((method) =>
      methodView(method, { uses: own, now })
    ),
    providers: providers.map((provider_id) => ({
      provider_id,
      supports: { save: canSaveMethods(container, provider_id) },
    })),
    problems: saved.problems,
  }
}
