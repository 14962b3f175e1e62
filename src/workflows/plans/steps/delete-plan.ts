import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"

/** Deletes a plan that nothing uses; writes it again where a later step fails. */
export const deletePlanStep = createStep(
  "delete-plan",
  async ({ id }: { id: string }, { container }) => {
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    // Read first, so that it can be written again; what is deleted is decided by
    // the one statement below.
    const before = await service.findPlan(id)
    if (!before) {
      throw portalError("not_found", { message: "There is no such plan." })
    }
    if (!(await service.deleteUnusedPlan(id))) {
      // Two deletes at once: the other one was first.
      throw (await service.findPlan(id))
        ? portalError("plan_in_use", {
            message:
              "A subscription or a cart uses this plan. Archive it instead.",
          })
        : portalError("not_found", { message: "There is no such plan." })
    }
    return new StepResponse(id, before)
  },
  async (before, { container }) => {
    if (before) {
      await container
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .insertPlan(before)
    }
  }
)
