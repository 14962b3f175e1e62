import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"
import { listCartItemRows } from "../cart-item-row"
import type { ItemChange } from "../item-change"
import { looksLikeFeeOf, looksLikeLineOf } from "../line-data"
import { cartLine } from "../load-cart"

/**
 * Writes the new lines' ids into the row: core's workflow does not answer them.
 * They are found by what was just written into them, among lines that were not
 * there before. No compensation: the row goes with the step that wrote it.
 *
 * @throws `cart_busy`: the row or a line is gone, so the lines go too
 */
export const linkCartItemStep = createStep(
  "link-cart-item",
  async (change: ItemChange, { container }) => {
    if (!change.add.length) {
      return new StepResponse(change.row.line_item_id)
    }
    const service =
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
    const lines = await container
      .resolve(Modules.CART)
      .listLineItems({ cart_id: change.cart_id })
    const added = lines
      .map(cartLine)
      .filter(({ id }) => !change.known_line_ids.includes(id))
    const line_item_id =
      change.row.line_item_id ??
      added.find((line) => looksLikeLineOf(change.row, line))?.id
    const setup_fee_line_item_id =
      change.row.setup_fee_line_item_id ??
      added.find((line) => looksLikeFeeOf(change.row, line))?.id ??
      null
    const rows = await listCartItemRows(container, change.cart_id)
    if (
      !line_item_id ||
      (change.row.setup_fee !== null && !setup_fee_line_item_id) ||
      !rows.some(({ id }) => id === change.row.id)
    ) {
      throw portalError("cart_busy")
    }
    await service.updatePortalCartItems({
      id: change.row.id,
      line_item_id,
      setup_fee_line_item_id,
    })
    return new StepResponse(line_item_id)
  }
)
