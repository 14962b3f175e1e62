import type { IAuthModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"

/** A guest, and the sign-in that was made for them. */
export type NewAccount = {
  customer_id: string
  email: string
  auth_identity_id: string
}

/** Ties a sign-in to the customer, as core does for who registers. */
export const tieSignInStep = createStep(
  "tie-sign-in",
  async ({ customer_id, auth_identity_id }: NewAccount, { container }) => {
    await container
      .resolve<IAuthModuleService>(Modules.AUTH)
      .updateAuthIdentities({
        id: auth_identity_id,
        app_metadata: { customer_id },
      })
    return new StepResponse(undefined, auth_identity_id)
  },
  async (auth_identity_id, { container }) => {
    if (auth_identity_id) {
      await container
        .resolve(Modules.AUTH)
        .deleteAuthIdentities([auth_identity_id])
    }
  }
)

/**
 * Makes the guest an account. There is at most one account of an address: the
 * unique index decides.
 *
 * @throws `account_exists` (422)
 */
export const markAsAccountStep = createStep(
  "mark-as-account",
  async ({ customer_id }: NewAccount, { container }) => {
    const customers = container.resolve(Modules.CUSTOMER)
    try {
      // Core's type leaves it out; only its own workflow sets it.
      await customers.updateCustomers(customer_id, {
        ...({ has_account: true } as object),
      })
    } catch (cause) {
      throw portalError("account_exists", { cause })
    }
    return new StepResponse(undefined, customer_id)
  },
  async (customer_id, { container }) => {
    if (customer_id) {
      await container.resolve(Modules.CUSTOMER).updateCustomers(customer_id, {
        ...({ has_account: false } as object),
      })
    }
  }
)
