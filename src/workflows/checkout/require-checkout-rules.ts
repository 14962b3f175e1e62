import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { SubscriptionCart } from "./load-subscription-cart"
import { matchesProvider } from "./providers"

/**
 * Refuses all but the registered customer whose cart it is. Core lets anyone put
 * a registered customer's address on a cart, which makes the cart that customer's:
 * only the login shows who is there.
 *
 * @param actorId - the customer who is signed in, if any
 * @returns the customer's id
 * @throws `customer_required` (401)
 */
export function requireCartCustomer(
  cart: SubscriptionCart,
  actorId: string | undefined
): string {
  if (!actorId || !cart.has_account || cart.customer_id !== actorId) {
    throw portalError("customer_required", {
      message:
        "A subscription needs a customer: sign in and take over the cart first.",
    })
  }
  return actorId
}

/**
 * Refuses a provider that cannot charge a renewal.
 *
 * @throws `payment_provider_not_off_session` (400)
 */
export function requireOffSessionProvider(
  container: MedusaContainer,
  providerId: string
): void {
  const { offSessionProviders } =
    container.resolve<RuntimeModuleService>(RUNTIME_MODULE).options
  if (!matchesProvider(offSessionProviders, providerId)) {
    throw portalError("payment_provider_not_off_session", {
      message: `The payment provider ${providerId} cannot charge a subscription's renewals. Choose another one.`,
      details: { provider_id: providerId },
    })
  }
}
