import {
  createWorkflow,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { applyItemChange } from "./apply-item-change"
import { lockCartStep, unlockCartStep } from "./steps/lock-cart"
import {
  prepareAdditionStep,
  type AddSubscriptionItemInput,
} from "./steps/prepare-addition"

export const addSubscriptionItemWorkflowId = "portal-add-subscription-item"

/**
 * Adds a subscription line to a cart, at the price of the plan: the discount, 0
 * in a trial, and a line for the setup fee. The same variant under the same plan
 * is one line, whose quantity grows.
 *
 * @throws `not_found`, `cart_completed`, `cart_busy`, `plan_not_offered`,
 *   `plan_archived`, `quantity_invalid`, `currency_mismatch`; and what core's
 *   `addToCartWorkflow` throws where stock is short
 * @example
 * const { result } = await addSubscriptionItemWorkflow(container).run({
 *   input: { cart_id, variant_id, quantity: 1, plan_id },
 * }) // result: { line_item_id: "cali_…" }
 */
export const addSubscriptionItemWorkflow = createWorkflow(
  addSubscriptionItemWorkflowId,
  (input: AddSubscriptionItemInput) => {
    const lock = lockCartStep({ cart_id: input.cart_id })
    const change = prepareAdditionStep(input)
    const line_item_id = applyItemChange(change)
    unlockCartStep(lock)
    return new WorkflowResponse({ line_item_id })
  }
)
