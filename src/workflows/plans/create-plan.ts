import {
  createWorkflow,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { CreatePlanInput } from "./plan-input"
import { createPlanStep } from "./steps/create-plan"
import { validatePlanReferencesStep } from "./steps/validate-plan-references"

/**
 * Makes a plan that is offered at once for its targets.
 *
 * @returns the plan's id
 * @throws `validation_failed`, `not_found` for an unknown product or variant,
 *   `already_exists` for a handle that is taken
 * @example
 * await createPlanWorkflow(container).run({
 *   input: {
 *     handle: "coffee-monthly",
 *     name: "Coffee every month",
 *     interval: "month",
 *     recurring_discount: { type: "percent", value: 10 },
 *     targets: [{ product_id: product.id }],
 *   },
 * })
 */
export const createPlanWorkflow = createWorkflow(
  "portal-create-plan",
  function (input: CreatePlanInput) {
    validatePlanReferencesStep(input)
    return new WorkflowResponse(createPlanStep(input))
  }
)
