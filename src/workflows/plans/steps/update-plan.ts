import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"
import { defined, type UpdatePlanInput } from "../plan-input"

/** Changes a plan; puts it back where a later step fails. */
export const updatePlanStep = createStep(
  "update-plan",
  async ({ id, targets, ...changes }: UpdatePlanInput, { container }) => {
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    const before = await service.updatePlan({
      id,
      changes: defined(changes),
      targets,
    })
    return new StepResponse(id, before)
  },
  async (before, { container }) => {
    if (before) {
      await container
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .restorePlan(before)
    }
  }
)
