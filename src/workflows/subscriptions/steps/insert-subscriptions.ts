import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type { SubscriptionDraft } from "../../../modules/subscription/queries/insert-subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"

export type InsertSubscriptionsInput = {
  order_id: string
  /** Null: the order has nothing to do with subscriptions, or was dealt with. */
  purchase: { cart_id: string; drafts: SubscriptionDraft[] } | null
}

/**
 * Writes the subscriptions of an order that are not there yet.
 *
 * No compensation: the customer has paid, so a later step that fails must not
 * take the subscription back. The next run of the workflow, from the event or
 * from `reconcile-orders`, finds it and does the rest.
 *
 * @returns `created`: made by this call; `all`: all that the order has
 */
export const insertSubscriptionsStep = createStep(
  "insert-subscriptions",
  async (
    input: InsertSubscriptionsInput,
    { container }
  ): Promise<StepResponse<{ created: { id: string }[]; all: string[] }>> => {
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    const created = input.purchase
      ? await service.insertSubscriptions(input.purchase)
      : []
    const all = await service.listPortalSubscriptions(
      { origin_order_id: input.order_id },
      { select: ["id"] }
    )
    return new StepResponse({
      created: created.map((id) => ({ id })),
      all: all.map(({ id }) => id),
    })
  }
)
