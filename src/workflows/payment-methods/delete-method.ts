import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { isExpired } from "../../modules/payment-method/domain/card-expiry"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type { MethodUse } from "../../modules/subscription/queries/payment-methods"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { PaymentMethodDeleteResponse } from "../../types/payment-method-http"
import { holderContext } from "../payments/account-holder"
import { exclusively } from "../payments/exclusively"
import { defaultOf, expiryOf, isOfTenant, isUseOf } from "./method-view"
import { moveSubscriptions } from "./move-subscriptions"
import { noteRemoved, type Receiver } from "./notices"
import {
  askProvider,
  readSavedMethods,
  requireSavedMethod,
  type MethodScope,
  type SavedMethod,
  type SavedMethods,
} from "./saved-methods"
import { changesOf, requireUsable, storeDefault } from "./set-default"

/** What is removed. */
export type DeleteInput = MethodScope &
  Receiver & {
    id: string
    /** Only needed where two providers have the same id. */
    provider_id?: string
    /** The method that pays for subscriptions instead. */
    replace_with?: string
  }

/**
 * Removes a payment method at its provider. Live subscriptions that are paid with
 * it are moved to another one first: the one that the caller names, else the
 * default, else the newest that is good.
 *
 * A charge that is under way keeps its card, or is refused and tried again with
 * the other one: the cycle is never lost.
 *
 * @throws `not_found`, and then the provider is asked to remove nothing;
 * `payment_method_in_use` (409) with `details.subscription_ids` where there is no
 * other method; `payment_method_unusable`, `provider_unavailable`
 */
export async function deleteSavedMethod(
  container: MedusaContainer,
  input: DeleteInput
): Promise<PaymentMethodDeleteResponse> {
  const { customer_id } = input
  // One after the other: two methods removed at once must not move the
  // subscriptions to each other.
  return await exclusively(container, changesOf(customer_id), async () => {
    const saved = await readSavedMethods(container, input, input.provider_id)
    const method = requireSavedMethod(saved, input.id)
    const uses = await container
      .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
      .listMethodUses(customer_id)
    const using = uses.filter((use) => isUseOf(use, method))
    const heir = await heirOf(container, input, { saved, method })
    if (using.length && !heir) {
      throw inUse(using, input)
    }
    const moved = heir
      ? await moveSubscriptions(
          container,
          { customer_id, by: "customer" },
          heir,
          { from: [method.id], past_due: false, sales_channel_ids: null }
        )
      : []
    await askProvider(container, method.provider_id, async () => {
      await container.resolve(Modules.PAYMENT).deletePaymentMethods([
        {
          id: method.id,
          provider_id: method.provider_id,
          data: {},
          context: { account_holder: holderContext(method.holder) },
        },
      ])
    })
    if (defaultOf(method.holder) === method.id) {
      await storeDefault(container, method.holder, heir?.id ?? null)
    }
    await noteRemoved(container, input, method)
    return {
      id: method.id,
      object: "payment_method",
      deleted: true,
      moved_subscription_ids: moved
        .filter((one) => isOfTenant(one, input.tenant))
        .map(({ id }) => id),
    }
  })
}

/** The method that takes the place of another, if there is one. */
async function heirOf(
  container: MedusaContainer,
  { replace_with }: DeleteInput,
  { saved, method }: { saved: SavedMethods; method: SavedMethod }
): Promise<SavedMethod | undefined> {
  const others = saved.methods.filter(
    ({ id, holder }) => id !== method.id && holder.id === method.holder.id
  )
  if (replace_with !== undefined) {
    const named = requireSavedMethod(
      { methods: others, problems: [] },
      replace_with
    )
    await requireUsable(container, named)
    return named
  }
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const now = await runtime.now()
  const good = others.filter((one) => {
    const expiry = expiryOf(one)
    return !expiry || !isExpired(expiry, now)
  })
  const chosen = defaultOf(method.holder)
  // Stripe lists the newest first.
  return good.find(({ id }) => id === chosen) ?? good[0]
}

function inUse(using: MethodUse[], { tenant }: DeleteInput): Error {
  return portalError("payment_method_in_use", {
    details: {
      subscription_ids: using
        .filter((use) => isOfTenant(use, tenant))
        .map(({ id }) => id),
    },
  })
}
