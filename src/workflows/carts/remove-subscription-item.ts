import {
  createWorkflow,
  transform,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { deleteLineItemsWorkflow } from "@medusajs/medusa/core-flows"
import { lockCartStep, unlockCartStep } from "./steps/lock-cart"
import {
  prepareRemovalStep,
  type RemoveSubscriptionItemInput,
} from "./steps/prepare-removal"
import { removeCartItemsStep } from "./steps/remove-cart-items"

export const removeSubscriptionItemWorkflowId =
  "portal-remove-subscription-item"

/**
 * Removes a subscription line and its setup fee from a cart. The lines go before
 * the row: a row without a line is nothing, a line without a row would sell.
 *
 * @throws `not_found`, `cart_completed`, `cart_busy`, `setup_fee_line_locked`
 * @example
 * await removeSubscriptionItemWorkflow(container).run({
 *   input: { cart_id, line_id },
 * })
 */
export const removeSubscriptionItemWorkflow = createWorkflow(
  removeSubscriptionItemWorkflowId,
  (input: RemoveSubscriptionItemInput) => {
    const lock = lockCartStep({ cart_id: input.cart_id })
    const removal = prepareRemovalStep(input)
    const lines = transform({ input, removal }, (data) => ({
      cart_id: data.input.cart_id,
      ids: data.removal.line_ids,
    }))
    deleteLineItemsWorkflow.runAsStep({ input: lines })
    removeCartItemsStep(removal.row_ids)
    unlockCartStep(lock)
    return new WorkflowResponse(removal)
  }
)
