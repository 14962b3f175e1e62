import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import { isStripeProvider } from "../../shared/stripe-provider"
import { stripeClientFor } from "../payments/stripe-client"
import {
  listAccountHolders,
  type AccountHolder,
} from "../payments/account-holder"
import type { PaymentSetup } from "./payment-setup"
import { SYSTEM_PROVIDER } from "./providers"

/**
 * Asks the provider whether the customer has given a payment method, and keeps it
 * with the setup. Only the provider's word counts: the storefront's would let
 * anyone finish a trial without a card.
 *
 * @returns the setup as confirmed, or null while it is not
 */
export async function confirmPaymentSetup(
  container: MedusaContainer,
  setup: PaymentSetup
): Promise<PaymentSetup | null> {
  if (setup.confirmed_at) {
    return setup
  }
  const method = await findPaymentMethod(container, setup)
  if (!method) {
    return null
  }
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const confirmed = { ...method, confirmed_at: await runtime.now() }
  await container
    .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    .updatePortalCartPaymentSetups({ id: setup.id, ...confirmed })
  return { ...setup, ...confirmed }
}

type Found = Pick<PaymentSetup, "account_holder_id" | "payment_method_id">

async function findPaymentMethod(
  container: MedusaContainer,
  setup: PaymentSetup
): Promise<Found | null> {
  if (setup.provider_id === SYSTEM_PROVIDER) {
    return { account_holder_id: null, payment_method_id: null }
  }
  const holders = await listAccountHolders(container, setup)
  return isStripeProvider(setup.provider_id)
    ? await stripeMethod(container, setup, holders)
    : await savedMethod(container, setup, holders[0])
}

/** The method of a SetupIntent that succeeded for this very customer. */
async function stripeMethod(
  container: MedusaContainer,
  setup: PaymentSetup,
  holders: AccountHolder[]
): Promise<Found | null> {
  if (!setup.provider_setup_id) {
    return null
  }
  const intent = await stripeClientFor(
    container,
    setup.provider_id
  ).setupIntents.retrieve(setup.provider_setup_id)
  const method = idOf(intent.payment_method)
  const holder = holders.find(
    ({ external_id }) => external_id === idOf(intent.customer)
  )
  return intent.status === "succeeded" && method && holder
    ? { account_holder_id: holder.id, payment_method_id: method }
    : null
}

/** Other providers: whatever they list for the customer, the first one. */
async function savedMethod(
  container: MedusaContainer,
  setup: PaymentSetup,
  holder: AccountHolder | undefined
): Promise<Found | null> {
  if (!holder) {
    return null
  }
  const [method] = await container.resolve(Modules.PAYMENT).listPaymentMethods({
    provider_id: setup.provider_id,
    context: { account_holder: { data: holder.data } },
  })
  return method
    ? { account_holder_id: holder.id, payment_method_id: method.id }
    : null
}

/** The id of a Stripe object that may have been expanded. */
export function idOf(value: unknown): string | null {
  if (typeof value === "string") {
    return value
  }
  const id = (value as { id?: unknown } | null | undefined)?.id
  return typeof id === "string" ? id : null
}
