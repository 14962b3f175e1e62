import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"

/** Takes rows out of the cart. */
export const removeCartItemsStep = createStep(
  "remove-cart-items",
  async (ids: string[], { container }) => {
    if (ids.length) {
      await container
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .softDeletePortalCartItems(ids)
    }
    return new StepResponse(undefined, ids)
  },
  async (ids, { container }) => {
    if (ids?.length) {
      await container
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .restorePortalCartItems(ids)
    }
  }
)
