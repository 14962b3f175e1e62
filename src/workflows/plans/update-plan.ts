import {
  createWorkflow,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { UpdatePlanInput } from "./plan-input"
import { updatePlanStep } from "./steps/update-plan"
import { validatePlanReferencesStep } from "./steps/validate-plan-references"

/**
 * Changes a plan. Interval and anchor are fixed once a subscription uses the plan,
 * because each subscription has its own copy of them: for another rhythm make a
 * new plan and archive this one. A changed price holds for later purchases, and
 * for renewals only under the price policy `current`.
 *
 * @returns the plan's id
 * @throws `not_found`, `validation_failed`, `already_exists`, `plan_terms_fixed`
 * @example
 * await updatePlanWorkflow(container).run({
 *   input: { id: plan.id, name: "Coffee, monthly", targets: [] },
 * })
 */
export const updatePlanWorkflow = createWorkflow(
  "portal-update-plan",
  function (input: UpdatePlanInput) {
    validatePlanReferencesStep(input)
    return new WorkflowResponse(updatePlanStep(input))
  }
)
