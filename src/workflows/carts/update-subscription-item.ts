import {
  createWorkflow,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { applyItemChange } from "./apply-item-change"
import { lockCartStep, unlockCartStep } from "./steps/lock-cart"
import {
  prepareAlterationStep,
  type UpdateSubscriptionItemInput,
} from "./steps/prepare-alteration"

export const updateSubscriptionItemWorkflowId =
  "portal-update-subscription-item"

/**
 * Gives a subscription line of a cart another quantity or plan, and prices it
 * anew. Its setup fee follows the plan.
 *
 * @throws `not_found`, `cart_completed`, `cart_busy`, `setup_fee_line_locked`,
 *   `plan_not_offered`, `plan_archived`, `quantity_invalid`, `currency_mismatch`;
 *   `already_exists` where the cart has a line of the variant under the plan
 * @example
 * await updateSubscriptionItemWorkflow(container).run({
 *   input: { cart_id, line_id, quantity: 3 },
 * })
 */
export const updateSubscriptionItemWorkflow = createWorkflow(
  updateSubscriptionItemWorkflowId,
  (input: UpdateSubscriptionItemInput) => {
    const lock = lockCartStep({ cart_id: input.cart_id })
    const change = prepareAlterationStep(input)
    const line_item_id = applyItemChange(change)
    unlockCartStep(lock)
    return new WorkflowResponse({ line_item_id })
  }
)
