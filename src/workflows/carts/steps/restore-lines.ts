import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/**
 * Brings lines back that a change of the region has deleted, under their old ids,
 * so that a storefront's references stay good.
 */
export const restoreLinesStep = createStep(
  "restore-lines",
  async (ids: string[], { container }) => {
    if (ids.length) {
      await container.resolve(Modules.CART).restoreLineItems(ids)
    }
    return new StepResponse(undefined, ids)
  },
  async (ids, { container }) => {
    if (ids?.length) {
      await container.resolve(Modules.CART).softDeleteLineItems(ids)
    }
  }
)
