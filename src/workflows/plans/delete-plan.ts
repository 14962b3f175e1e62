import {
  createWorkflow,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { deletePlanStep } from "./steps/delete-plan"

/**
 * Deletes a plan that was made by mistake. One that a subscription came from, or
 * that lies in a cart, stays: archive it.
 *
 * @returns the plan's id
 * @throws `not_found`, `plan_in_use`
 * @example
 * await deletePlanWorkflow(container).run({ input: { id: plan.id } })
 */
export const deletePlanWorkflow = createWorkflow(
  "portal-delete-plan",
  function (input: { id: string }) {
    return new WorkflowResponse(deletePlanStep(input))
  }
)
