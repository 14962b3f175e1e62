import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { isStripeProvider } from "../../shared/stripe-provider"
import type { PaymentMethodResponse } from "../../types/payment-method-http"
import { idOf } from "../checkout/confirm-payment-setup"
import { listAccountHolders } from "../payments/account-holder"
import { exclusively } from "../payments/exclusively"
import { stripeClientFor } from "../payments/stripe-client"
import { defaultOf } from "./method-view"
import { noteAdded, type Receiver } from "./notices"
import { requireTenantProvider } from "./providers"
import { answerAfter, changesOf, makeDefault } from "./set-default"
import {
  askProvider,
  readSavedMethods,
  requireSavedMethod,
  type MethodScope,
} from "./saved-methods"

/** A method that the customer has given to the provider. */
export type ConfirmInput = MethodScope &
  Receiver & {
    provider_id: string
    /** The one or the other. */
    setup_id?: string
    payment_method_id?: string
    set_default?: boolean
    apply_to_subscriptions?: boolean
  }

/**
 * Takes note of a method that the customer has just given. The first one becomes
 * the default, others where it is asked for. Again for the same method: the same.
 *
 * Only the provider's word counts: the method stands in a fresh list of the
 * caller's own account holder, and a SetupIntent is one of that holder's.
 *
 * @throws `payment_provider_unknown` (400), `not_found`,
 * `payment_setup_incomplete` (409), `payment_method_unusable` (400),
 * `provider_unavailable`
 */
export async function confirmSavedMethod(
  container: MedusaContainer,
  input: ConfirmInput
): Promise<PaymentMethodResponse> {
  const { provider_id, customer_id } = input
  await requireTenantProvider(container, input.tenant, provider_id)
  const id = input.payment_method_id ?? (await methodOfSetup(container, input))
  const done = await exclusively(
    container,
    changesOf(customer_id),
    async () => {
      const saved = await readSavedMethods(container, input, provider_id)
      const method = requireSavedMethod(saved, id)
      const current = defaultOf(method.holder)
      const hasDefault = saved.methods.some((one) => one.id === current)
      const moved =
        input.set_default || input.apply_to_subscriptions || !hasDefault
          ? await makeDefault(container, input, { saved, method })
          : []
      await noteAdded(container, input, method)
      return { method, moved }
    }
  )
  return await answerAfter(container, input, done)
}

/** The method of a SetupIntent that succeeded for this very customer. */
async function methodOfSetup(
  container: MedusaContainer,
  { customer_id, provider_id, setup_id }: ConfirmInput
): Promise<string> {
  const holders = await listAccountHolders(container, {
    customer_id,
    provider_id,
  })
  if (!setup_id || !isStripeProvider(provider_id) || !holders.length) {
    throw portalError("not_found")
  }
  const intent = await askProvider(container, provider_id, async () => {
    try {
      return await stripeClientFor(
        container,
        provider_id
      ).setupIntents.retrieve(setup_id)
    } catch (error) {
      if ((error as { code?: unknown }).code === "resource_missing") {
        return null
      }
      throw error
    }
  })
  const isOwn = holders.some(
    ({ external_id }) => external_id === idOf(intent?.customer)
  )
  if (!intent || !isOwn) {
    throw portalError("not_found")
  }
  const method = idOf(intent.payment_method)
  if (intent.status !== "succeeded" || !method) {
    throw portalError("payment_setup_incomplete", {
      details: { status: intent.status },
    })
  }
  return method
}
