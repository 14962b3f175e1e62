import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"
import { newPlan, type CreatePlanInput } from "../plan-input"

/** Writes a new plan; deletes it again where a later step fails. */
export const createPlanStep = createStep(
  "create-plan",
  async (input: CreatePlanInput, { container }) => {
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    const id = await service.insertPlan(newPlan(input))
    return new StepResponse(id, id)
  },
  async (id, { container }) => {
    if (id) {
      await container
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .deleteUnusedPlan(id)
    }
  }
)
