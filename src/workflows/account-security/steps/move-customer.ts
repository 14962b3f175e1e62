import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { hasAccountOf } from "../has-account"
import type { EmailMove } from "./move-sign-in"

/**
 * Gives the customer another address. The unique index on accounts decides.
 *
 * @throws `email_taken` (422)
 */
export const moveCustomerStep = createStep(
  "move-customer",
  async ({ customer_id, email }: EmailMove, { container }) => {
    const customers = container.resolve(Modules.CUSTOMER)
    const { email: before } = await customers.retrieveCustomer(customer_id, {
      select: ["email"],
    })
    const isSame = before.toLowerCase() === email
    if (!isSame && (await hasAccountOf(container, email))) {
      throw portalError("email_taken")
    }
    try {
      await customers.updateCustomers(customer_id, { email })
    } catch (cause) {
      throw portalError("email_taken", { cause })
    }
    return new StepResponse(undefined, { customer_id, email: before })
  },
  async (before, { container }) => {
    if (before) {
      await container
        .resolve(Modules.CUSTOMER)
        .updateCustomers(before.customer_id, { email: before.email })
    }
  }
)
