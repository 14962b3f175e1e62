import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"
import type { PlanStatus } from "../../../types/subscription"

export type SetPlanStatusInput = { id: string; status: PlanStatus }

/** Sets a plan's status; sets the old one where a later step fails. */
export const setPlanStatusStep = createStep(
  "set-plan-status",
  async (input: SetPlanStatusInput, { container }) => {
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    const before = await service.setPlanStatus(input)
    if (!before) {
      throw portalError("not_found", { message: "There is no such plan." })
    }
    return new StepResponse(input.id, { id: input.id, status: before })
  },
  async (before, { container }) => {
    if (before) {
      await container
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .setPlanStatus(before)
    }
  }
)
