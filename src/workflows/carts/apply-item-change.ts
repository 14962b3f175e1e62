import {
  transform,
  when,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import {
  addToCartWorkflow,
  deleteLineItemsStep,
  updateLineItemInCartWorkflow,
  updateLineItemsStep,
} from "@medusajs/medusa/core-flows"
import type { ItemChange, LineUpdate } from "./item-change"
import { linkCartItemStep } from "./steps/link-cart-item"
import { writeCartItemStep } from "./steps/write-cart-item"

/**
 * The steps that write a change: the row first, then the lines through core's
 * workflows, so that a merchant's hooks on them hold for subscription lines too,
 * and stock, taxes, promotions and the payment collection follow.
 *
 * @returns id of the subscription line
 */
export function applyItemChange(
  change: WorkflowData<ItemChange>
): WorkflowData<string | null> {
  writeCartItemStep(change)

  when(
    "portal-has-lines-to-delete",
    { change },
    (data) => data.change.delete_line_ids.length > 0
  ).then(() => {
    deleteLineItemsStep(change.delete_line_ids)
  })

  const fields = transform({ change }, (data) => ({
    id: data.change.cart_id,
    items: data.change.line_fields,
  }))
  updateLineItemsStep(fields).config({ name: "portal-write-line-fields" })

  when(
    "portal-has-line-to-update",
    { change },
    (data) => data.change.update !== null
  ).then(() => {
    const input = transform({ change }, (data) => ({
      cart_id: data.change.cart_id,
      ...coreUpdate(data.change.update),
    }))
    updateLineItemInCartWorkflow.runAsStep({ input })
  })

  when(
    "portal-has-lines-to-add",
    { change },
    (data) => data.change.add.length > 0
  ).then(() => {
    const input = transform({ change }, (data) => ({
      cart_id: data.change.cart_id,
      items: data.change.add,
    }))
    addToCartWorkflow.runAsStep({ input })
  })

  return linkCartItemStep(change)
}

/** What core's workflow takes; nothing where there is no line to update. */
function coreUpdate(update: LineUpdate | null): CoreUpdate {
  return (update ?? { item_id: "", update: {} }) as CoreUpdate
}

/** Core's type knows no "no compare-at price", though its table does. */
type CoreUpdate = {
  item_id: string
  update: Partial<Omit<LineUpdate["update"], "compare_at_unit_price">> & {
    compare_at_unit_price?: number
  }
}
