import { CustomerWorkflowEvents } from "@medusajs/framework/utils"
import {
  createWorkflow,
  transform,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { emitEventStep } from "@medusajs/medusa/core-flows"
import { moveAccountHoldersStep } from "./steps/move-account-holders"
import { moveCustomerStep } from "./steps/move-customer"
import { moveSignInStep, type EmailMove } from "./steps/move-sign-in"

/** Id of {@link moveEmailWorkflow}. */
export const moveEmailWorkflowId = "portal-move-email"

/**
 * Gives a customer another address everywhere, or nowhere: the sign-in, the
 * customer, and what the payment providers know. Whatever fails undoes the rest.
 *
 * @throws `email_taken` (422); `provider_unavailable` (409)
 */
export const moveEmailWorkflow = createWorkflow(
  moveEmailWorkflowId,
  function moveEmail(input: EmailMove) {
    moveSignInStep(input)
    moveCustomerStep(input)
    moveAccountHoldersStep(input)
    emitEventStep({
      eventName: CustomerWorkflowEvents.UPDATED,
      data: transform(input, ({ customer_id }) => ({ id: customer_id })),
    })
    return new WorkflowResponse(input)
  }
)
