import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import { isStripeProvider } from "../../shared/stripe-provider"
import { stripeClientFor } from "../payments/stripe-client"
import { ensureAccountHolder, holderContext } from "../payments/account-holder"
import { SYSTEM_PROVIDER } from "./providers"

/** Who gives a payment method for which cart, and with whom. */
export type PaymentSetupInput = {
  cart_id: string
  customer_id: string
  provider_id: string
}

/** A row of `portal_cart_payment_setup`. */
export type PaymentSetup = PaymentSetupInput & {
  id: string
  account_holder_id: string | null
  provider_setup_id: string | null
  payment_method_id: string | null
  confirmed_at: Date | string | null
}

/** What a storefront needs to collect the payment method. */
export type StartedPaymentSetup = {
  setup: PaymentSetup
  /** Stripe: the SetupIntent with its `client_secret`. */
  data: Record<string, unknown>
}

/**
 * Begins to collect a payment method for a cart that owes nothing today. Asked
 * again for the same cart, customer and provider it answers the same setup; for
 * another provider or customer it starts anew.
 *
 * The row is written before the provider is called and gives the key of that
 * call, so that two requests at once, or one after a crash, get one SetupIntent.
 */
export async function startPaymentSetup(
  container: MedusaContainer,
  input: PaymentSetupInput
): Promise<StartedPaymentSetup> {
  const setup = await claimSetup(container, input)
  if (input.provider_id === SYSTEM_PROVIDER) {
    return { setup, data: {} }
  }
  if (setup.provider_setup_id && isStripeProvider(input.provider_id)) {
    const intent = await stripeClientFor(
      container,
      input.provider_id
    ).setupIntents.retrieve(setup.provider_setup_id)
    if (intent.status !== "canceled") {
      return { setup, data: { ...intent } }
    }
    await service(container).deletePortalCartPaymentSetups(setup.id)
    return startPaymentSetup(container, input)
  }
  return await createSetup(container, setup)
}

async function createSetup(
  container: MedusaContainer,
  setup: PaymentSetup
): Promise<StartedPaymentSetup> {
  const { provider_id } = setup
  const holder = await ensureAccountHolder(container, setup)
  const method = await container.resolve(Modules.PAYMENT).createPaymentMethods({
    provider_id,
    data: isStripeProvider(provider_id)
      ? { usage: "off_session", metadata: { cart_id: setup.cart_id } }
      : {},
    context: {
      ...(holder && { account_holder: holderContext(holder) }),
      idempotency_key: `portal-setup:${setup.id}`,
    },
  })
  const started = {
    account_holder_id: holder?.id ?? null,
    provider_setup_id: method.id,
  }
  await service(container).updatePortalCartPaymentSetups({
    id: setup.id,
    ...started,
  })
  return { setup: { ...setup, ...started }, data: method.data }
}

/** The cart's row for this customer and provider; the unique index decides. */
async function claimSetup(
  container: MedusaContainer,
  input: PaymentSetupInput
): Promise<PaymentSetup> {
  const current = await findPaymentSetup(container, input.cart_id)
  if (current && isFor(current, input)) {
    return current
  }
  if (current) {
    await service(container).deletePortalCartPaymentSetups(current.id)
  }
  try {
    return await service(container).createPortalCartPaymentSetups({ ...input })
  } catch (error) {
    const winner = await findPaymentSetup(container, input.cart_id)
    if (winner && isFor(winner, input)) {
      return winner
    }
    throw error
  }
}

/** The setup of a cart, confirmed or not. */
export async function findPaymentSetup(
  container: MedusaContainer,
  cartId: string
): Promise<PaymentSetup | null> {
  const [setup] = cartId
    ? await service(container).listPortalCartPaymentSetups({ cart_id: cartId })
    : []
  return setup ?? null
}

function isFor(setup: PaymentSetup, input: PaymentSetupInput): boolean {
  return (
    setup.customer_id === input.customer_id &&
    setup.provider_id === input.provider_id
  )
}

function service(container: MedusaContainer): SubscriptionModuleService {
  return container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
}
