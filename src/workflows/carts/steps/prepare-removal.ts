import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { listCartItemRows } from "../cart-item-row"
import { loadOpenCart } from "../load-cart"
import { requireRowOfLine } from "../require-row"

export type RemoveSubscriptionItemInput = { cart_id: string; line_id: string }

/** Finds the row of a line and the lines that go with it. */
export const prepareRemovalStep = createStep(
  "prepare-removal",
  async (input: RemoveSubscriptionItemInput, { container }) => {
    const cart = await loadOpenCart(container, input.cart_id)
    const rows = await listCartItemRows(container, cart.id)
    const row = requireRowOfLine(rows, input.line_id)
    const ids = [row.line_item_id, row.setup_fee_line_item_id]
    return new StepResponse({
      row_ids: [row.id],
      line_ids: cart.lines.flatMap(({ id }) => (ids.includes(id) ? [id] : [])),
    })
  }
)
