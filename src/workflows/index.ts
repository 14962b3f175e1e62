/** Public surface of `medusa-plugin-customer-portal/workflows`. */
export { createPlanWorkflow } from "./plans/create-plan"
export { deletePlanWorkflow } from "./plans/delete-plan"
export type { CreatePlanInput, UpdatePlanInput } from "./plans/plan-input"
export { setPlanStatusWorkflow } from "./plans/set-plan-status"
export { updatePlanWorkflow } from "./plans/update-plan"
