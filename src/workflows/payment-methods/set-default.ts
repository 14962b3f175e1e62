import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { isExpired } from "../../modules/payment-method/domain/card-expiry"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type { SwitchedSubscription } from "../../modules/subscription/queries/payment-methods"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { PaymentMethodResponse } from "../../types/payment-method-http"
import { holderContext, type AccountHolder } from "../payments/account-holder"
import { exclusively, paymentMethods } from "../payments/exclusively"
import { defaultOf, expiryOf, isOfTenant, methodView } from "./method-view"
import { moveSubscriptions, retryFailedCharges } from "./move-subscriptions"
import {
  readSavedMethods,
  requireSavedMethod,
  type MethodScope,
  type SavedMethod,
  type SavedMethods,
} from "./saved-methods"

/** Changes of one customer's payment methods follow each other. */
export const changesOf = (customerId: string): string => `methods:${customerId}`

/** What becomes the default. */
export type SetDefaultInput = MethodScope & {
  id: string
  /** Only needed where two providers have the same id. */
  provider_id?: string
  /** Also for subscriptions that are paid with the default until now. */
  apply_to_subscriptions?: boolean
}

/**
 * Makes a payment method the customer's default with its provider. Subscriptions
 * whose payment failed are paid with it from now on, and tried again at once.
 *
 * @throws `not_found`, `payment_method_unusable` (400), `provider_unavailable`
 */
export async function setDefaultMethod(
  container: MedusaContainer,
  input: SetDefaultInput
): Promise<PaymentMethodResponse> {
  const done = await exclusively(
    container,
    changesOf(input.customer_id),
    async () => {
      const saved = await readSavedMethods(container, input, input.provider_id)
      const method = requireSavedMethod(saved, input.id)
      const moved = await makeDefault(container, input, { saved, method })
      return { method, moved }
    }
  )
  return await answerAfter(container, input, done)
}

/** Makes one of the methods that were just read the default; within a claim. */
export async function makeDefault(
  container: MedusaContainer,
  input: MethodScope & { apply_to_subscriptions?: boolean },
  { saved, method }: { saved: SavedMethods; method: SavedMethod }
): Promise<SwitchedSubscription[]> {
  await requireUsable(container, method)
  const { customer_id, tenant } = input
  const before = defaultOf(method.holder)
  await storeDefault(container, method.holder, method.id)
  await paymentMethods(container).noteDefaultHolder({
    account_holder_id: method.holder.id,
    customer_id,
    provider_id: method.provider_id,
    tenant_id: tenant.id,
  })
  const from = input.apply_to_subscriptions
    ? await replaced(container, customer_id, { saved, method, before })
    : []
  return await moveSubscriptions(
    container,
    { customer_id, by: "customer" },
    method,
    { from, past_due: true, sales_channel_ids: tenant.sales_channel_ids }
  )
}

/**
 * Methods whose subscriptions take the new default: those of the old one, or all
 * where there was none, and those of methods that exist no longer.
 */
async function replaced(
  container: MedusaContainer,
  customerId: string,
  {
    saved,
    method,
    before,
  }: { saved: SavedMethods; method: SavedMethod; before: string | null }
): Promise<string[]> {
  const uses = await container
    .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    .listMethodUses(customerId)
  const exists = new Set(saved.methods.map(({ id }) => id))
  return uses
    .filter(
      ({ provider_id, payment_method_id: id }) =>
        provider_id === method.provider_id &&
        (before === null || id === before || !exists.has(id))
    )
    .map(({ payment_method_id }) => payment_method_id)
}

/**
 * Refuses a card that is over.
 *
 * @throws `payment_method_unusable` (400)
 */
export async function requireUsable(
  container: MedusaContainer,
  method: SavedMethod
): Promise<void> {
  const expiry = expiryOf(method)
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  if (expiry && isExpired(expiry, await runtime.now())) {
    throw portalError("payment_method_unusable", {
      message: "This card has expired.",
      details: { reason: "expired" },
    })
  }
}

/** Keeps the default where no customer can write; the provider is not called. */
export async function storeDefault(
  container: MedusaContainer,
  holder: AccountHolder,
  id: string | null
): Promise<void> {
  const metadata = { ...holder.metadata, default_payment_method_id: id }
  await container.resolve(Modules.PAYMENT).updateAccountHolder({
    id: holder.id,
    provider_id: holder.provider_id,
    metadata,
    context: { account_holder: holderContext(holder) },
  })
  holder.metadata = metadata
  if (id === null) {
    const account_holder_id = holder.id
    await paymentMethods(container).forgetDefaultHolders({ account_holder_id })
  }
}

/**
 * Tries failed charges again, and answers what is so now. The provider is not asked
 * once more: what has happened must not be answered with an error of a list.
 */
export async function answerAfter(
  container: MedusaContainer,
  { customer_id, tenant }: MethodScope,
  { method, moved }: { method: SavedMethod; moved: SwitchedSubscription[] }
): Promise<PaymentMethodResponse> {
  const retried = await retryFailedCharges(container, moved)
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const uses = await container
    .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    .listMethodUses(customer_id)
  return {
    payment_method: methodView(method, {
      uses: uses.filter((use) => isOfTenant(use, tenant)),
      now: await runtime.now(),
    }),
    moved_subscription_ids: moved.map(({ id }) => id),
    retried,
  }
}
