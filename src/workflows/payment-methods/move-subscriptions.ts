import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import pLimit from "p-limit"
import { isPortalErrorCode } from "../../errors/codes"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type { SwitchedSubscription } from "../../modules/subscription/queries/payment-methods"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { RetriedCharge } from "../../types/payment-method-http"
import { PortalSubscriptionEvents } from "../../types/events"
import { renewNow } from "../renewals/renew-now"
import { sendEntries } from "../subscription-actions/send-events"
import type { SavedMethod } from "./saved-methods"

const CHARGES_AT_ONCE = 4

/** Who moved the subscriptions: the customer, or word of the provider. */
type Mover = { customer_id: string; by: "customer" | "system" }

/**
 * Lets subscriptions be paid with another of the customer's methods, and notes it
 * in their timelines.
 *
 * @param from - those that are paid with one of these
 * @param past_due - and those whose payment failed
 * @param sales_channel_ids - a tenant's; null where the method goes for all
 */
export async function moveSubscriptions(
  container: MedusaContainer,
  { customer_id, by }: Mover,
  to: Pick<SavedMethod, "id" | "provider_id" | "holder">,
  which: {
    from: readonly string[]
    past_due: boolean
    sales_channel_ids: readonly string[] | null
  }
): Promise<SwitchedSubscription[]> {
  const subscriptions =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const moved = await subscriptions.switchPaymentMethod({
    customer_id,
    provider_id: to.provider_id,
    account_holder_id: to.holder.id,
    payment_method_id: to.id,
    ...which,
  })
  if (moved.length) {
    const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
    const now = await runtime.now()
    const written = await subscriptions.writeTimeline(
      moved.map(({ id }) => ({
        subscription_id: id,
        type: "payment_method_changed",
        actor_type: by,
        actor_id: by === "customer" ? customer_id : null,
        data: { provider_id: to.provider_id, payment_method_id: to.id },
        dedupe_key: `${id}:payment_method:${to.id}:${now.toISOString()}`,
        occurred_at: now,
        event_name: PortalSubscriptionEvents.PAYMENT_METHOD_CHANGED,
        // Who saves a method or chooses the default is told of that one.
        is_noticed: false,
      }))
    )
    await sendEntries(
      container,
      written.flatMap(({ event_name, ...entry }) =>
        event_name ? [{ ...entry, event_name }] : []
      )
    )
  }
  return moved
}

/**
 * Tries the open charges of past-due subscriptions again, now, each the very
 * cycle that failed: whoever settled it in the meantime is left alone.
 */
export async function retryFailedCharges(
  container: MedusaContainer,
  moved: SwitchedSubscription[]
): Promise<RetriedCharge[]> {
  const limit = pLimit(CHARGES_AT_ONCE)
  return await Promise.all(
    moved
      .filter(({ status }) => status === "past_due")
      .map((subscription) =>
        limit(async () => ({
          subscription_id: subscription.id,
          outcome: await retry(container, subscription),
        }))
      )
  )
}

async function retry(
  container: MedusaContainer,
  { id, failed_cycle_id: cycle_id }: SwitchedSubscription
): Promise<RetriedCharge["outcome"]> {
  if (!cycle_id) {
    return "not_attempted"
  }
  try {
    const { outcome } = await renewNow(container, {
      subscription_id: id,
      cycle_id,
    })
    return outcome
  } catch (error) {
    // Refusals are answers: another worker has it, or it is paid by now.
    if (!isPortalErrorCode((error as { code?: unknown }).code)) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .error(
          `The charge of ${id} was not tried again: ${error instanceof Error ? error.message : String(error)}`
        )
    }
    return "not_attempted"
  }
}
