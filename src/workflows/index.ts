/** Public surface of `medusa-plugin-customer-portal/workflows`. */
export { mayMail, type MailCategory } from "./account/preferences"
export { addSubscriptionItemWorkflow } from "./carts/add-subscription-item"
export { removeSubscriptionItemWorkflow } from "./carts/remove-subscription-item"
export { syncSubscriptionItemsWorkflow } from "./carts/sync-subscription-items"
export { updateSubscriptionItemWorkflow } from "./carts/update-subscription-item"
export { createPlanWorkflow } from "./plans/create-plan"
export { deletePlanWorkflow } from "./plans/delete-plan"
export type { CreatePlanInput, UpdatePlanInput } from "./plans/plan-input"
export {
  recordTask,
  recordTaskStart,
  type TaskActor,
} from "./portal-sessions/record-task"
export { setPlanStatusWorkflow } from "./plans/set-plan-status"
export { updatePlanWorkflow } from "./plans/update-plan"
export {
  createSubscriptionsFromOrderWorkflow,
  createSubscriptionsFromOrderWorkflowId,
  type CreateSubscriptionsFromOrderInput,
} from "./subscriptions/create-subscriptions-from-order"
export {
  createSubscription,
  type NewSubscription,
} from "./subscriptions/create-subscription"
