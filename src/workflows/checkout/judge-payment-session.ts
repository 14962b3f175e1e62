import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MathBN,
  MedusaError,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import { isStripeProvider } from "../../shared/stripe-provider"
import {
  loadSubscriptionCart,
  type SubscriptionCart,
} from "./load-subscription-cart"
import { startPaymentSetup, type StartedPaymentSetup } from "./payment-setup"
import {
  requireCartCustomer,
  requireOffSessionProvider,
} from "./require-checkout-rules"
import { stripeSessionData } from "./stripe-session-data"

/** What is to become of a request for a payment session. */
export type PaymentSessionVerdict =
  /** Nothing of ours: core goes on as it always does. */
  | { action: "pass" }
  /** Core goes on with this data instead of the storefront's. */
  | { action: "replace_data"; data: Record<string, unknown> | undefined }
  /** Nothing is due: the setup stands in for a session. */
  | { action: "setup"; started: StartedPaymentSetup }

export type PaymentSessionRequest = {
  payment_collection_id: string
  provider_id: string
  data: Record<string, unknown> | undefined
  /** The customer who is signed in, if any. */
  actor_id: string | undefined
}

/**
 * Decides over core's unauthenticated route that opens a payment session.
 *
 * @throws `not_found` for the collection of a renewal: nobody but the plugin may
 * open a session on it. An unknown collection gets the same answer (core's own is
 * a 500), so that nobody learns which ones exist.
 * @throws `customer_required`, `payment_provider_not_off_session`
 */
export async function judgePaymentSession(
  container: MedusaContainer,
  request: PaymentSessionRequest
): Promise<PaymentSessionVerdict> {
  const { payment_collection_id: id, provider_id } = request
  const collection = await findCollection(container, id)
  if (!collection || (await isRenewalCollection(container, id))) {
    throw portalError("not_found", {
      message: `Payment collection with id: ${id} was not found`,
    })
  }
  const cart =
    collection.cart &&
    (await loadSubscriptionCart(container, collection.cart.id))
  if (!cart || cart.is_placed) {
    return { action: "pass" }
  }
  const customer_id = requireCartCustomer(cart, request.actor_id)
  requireOffSessionProvider(container, provider_id)
  // The collection's amount, because that is what core would charge.
  if (MathBN.lte(collection.amount, 0)) {
    await requireRegionProvider(container, cart, provider_id)
    const started = await startPaymentSetup(container, {
      cart_id: cart.id,
      customer_id,
      provider_id,
    })
    return { action: "setup", started }
  }
  return {
    action: "replace_data",
    data: isStripeProvider(provider_id)
      ? stripeSessionData(request.data)
      : request.data,
  }
}

async function isRenewalCollection(
  container: MedusaContainer,
  id: string
): Promise<boolean> {
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const [cycle] = await service.listPortalSubscriptionCycles(
    // The second condition is the index's.
    { payment_collection_id: id, sequence: { $gt: 0 } },
    { select: ["id"], take: 1 }
  )
  return cycle !== undefined
}

type Collection = { amount: number; cart?: { id: string } | null }

async function findCollection(
  container: MedusaContainer,
  id: string
): Promise<Collection | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = id
    ? await query.graph({
        entity: "payment_collection",
        fields: ["id", "amount", "cart.id"],
        filters: { id },
      })
    : { data: [] }
  return (data as unknown as Collection[])[0]
}

/** Core's own rule and words, for the sessions that core does not open. */
async function requireRegionProvider(
  container: MedusaContainer,
  cart: SubscriptionCart,
  providerId: string
): Promise<void> {
  if (!cart.region_id) {
    return
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["payment_providers.id", "payment_providers.is_enabled"],
    filters: { id: cart.region_id },
  })
  const region = (
    data as unknown as {
      payment_providers?: ({ id: string; is_enabled: boolean } | null)[]
    }[]
  )[0]
  const isOffered = region?.payment_providers?.some(
    (provider) => provider?.id === providerId && provider.is_enabled
  )
  if (!isOffered) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Payment provider ${providerId} is not enabled in the cart's region ${cart.region_id}.`
    )
  }
}
