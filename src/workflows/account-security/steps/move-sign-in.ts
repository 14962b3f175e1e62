import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { EMAILPASS, identitiesOf } from "../identities"

/** Who gets which address. */
export type EmailMove = { customer_id: string; email: string }

/**
 * Gives the sign-in by password another address. The unique index on addresses
 * decides where several want the same one.
 *
 * @throws `email_taken` (422)
 */
export const moveSignInStep = createStep(
  "move-sign-in",
  async ({ customer_id, email }: EmailMove, { container }) => {
    const found = (await identitiesOf(container, customer_id))
      .flatMap(({ provider_identities }) => provider_identities ?? [])
      .find(({ provider }) => provider === EMAILPASS)
    if (!found) {
      return new StepResponse(undefined)
    }
    try {
      await container
        .resolve(Modules.AUTH)
        .updateProviderIdentities({ id: found.id, entity_id: email })
    } catch (cause) {
      throw portalError("email_taken", { cause })
    }
    return new StepResponse(undefined, {
      id: found.id,
      entity_id: found.entity_id,
    })
  },
  async (before, { container }) => {
    if (before) {
      await container.resolve(Modules.AUTH).updateProviderIdentities(before)
    }
  }
)
