import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"
import { listCartItemRows, type CartItemValues } from "../cart-item-row"
import type { ItemChange } from "../item-change"

type Undo = {
  created: string[]
  removed: string[]
  before: CartItemValues | null
}

/**
 * Writes the row, before the lines: what comes to a line is known before the
 * line is there. Two that add the same at the same time, in whatever processes,
 * meet at the unique index, and one of them is refused.
 *
 * @throws `cart_busy`: somebody else has made or changed the row meanwhile
 */
export const writeCartItemStep = createStep(
  "write-cart-item",
  async (change: ItemChange, { container }) => {
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    const { row, is_new, stale_row_ids } = change
    const rows = await listCartItemRows(container, change.cart_id)
    const current = rows.find(({ id }) => id === row.id)
    if (is_new) {
      if (stale_row_ids.length) {
        await service.softDeletePortalCartItems(stale_row_ids)
      }
      const undo: Undo = {
        created: [row.id],
        removed: stale_row_ids,
        before: null,
      }
      try {
        await service.createPortalCartItems(row)
      } catch (error) {
        if (stale_row_ids.length) {
          await service.restorePortalCartItems(stale_row_ids)
        }
        throw portalError("cart_busy", { cause: error })
      }
      return new StepResponse(undefined, undo)
    }
    if (!current || current.quantity !== change.expected_quantity) {
      throw portalError("cart_busy")
    }
    const { created_at: _, ...before } = current
    await service.updatePortalCartItems(row)
    const undo: Undo = { created: [], removed: [], before }
    return new StepResponse(undefined, undo)
  },
  async (undo, { container }) => {
    if (!undo) {
      return
    }
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    if (undo.created.length) {
      await service.deletePortalCartItems(undo.created)
    }
    if (undo.removed.length) {
      await service.restorePortalCartItems(undo.removed)
    }
    if (undo.before) {
      await service.updatePortalCartItems(undo.before)
    }
  }
)
