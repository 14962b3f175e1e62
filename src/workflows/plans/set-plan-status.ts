import {
  createWorkflow,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  setPlanStatusStep,
  type SetPlanStatusInput,
} from "./steps/set-plan-status"

/**
 * Archives a plan, or offers it again. The subscriptions of an archived plan go
 * on; nobody can buy it. Doing it twice is doing it once.
 *
 * @returns the plan's id
 * @throws `not_found`
 * @example
 * await setPlanStatusWorkflow(container).run({
 *   input: { id: plan.id, status: "archived" },
 * })
 */
export const setPlanStatusWorkflow = createWorkflow(
  "portal-set-plan-status",
  function (input: SetPlanStatusInput) {
    return new WorkflowResponse(setPlanStatusStep(input))
  }
)
