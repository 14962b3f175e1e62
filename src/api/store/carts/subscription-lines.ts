/**
 * Core's routes for one line of a cart, where the line is a subscription's: our
 * workflows do the work, in one piece with the row, and core's handler is not
 * called. The answers have the shape of core's. Every other line costs one
 * statement.
 */
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../errors/error-handler"
import { portalError } from "../../../errors/portal-error"
import {
  findRowOfLine,
  type CartItemRow,
} from "../../../workflows/carts/cart-item-row"
import { removeSubscriptionItemWorkflow } from "../../../workflows/carts/remove-subscription-item"
import { updateSubscriptionItemWorkflow } from "../../../workflows/carts/update-subscription-item"
import { isId } from "../../_lib/query-schema"
import { readCart } from "./answer-cart"

type CoreUpdateBody = {
  quantity: number
  metadata?: Record<string, unknown> | null
}

/** `POST /store/carts/:id/line-items/:line_id` */
export const updateSubscriptionLine = withPortalErrors(
  async function updateSubscriptionLine(
    req: MedusaRequest<CoreUpdateBody>,
    res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    const row = await subscriptionOf(req)
    if (!row) {
      next()
      return
    }
    const { quantity, metadata } = req.validatedBody
    const ids = { cart_id: row.cart_id, line_id: String(req.params.line_id) }
    // Core's way of removing a line.
    if (quantity === 0) {
      await removeSubscriptionItemWorkflow(req.scope).run({ input: ids })
    } else {
      await updateSubscriptionItemWorkflow(req.scope).run({
        input: { ...ids, quantity, metadata },
      })
    }
    res.json({ cart: await readCart(req, row.cart_id) })
  }
)

/** `DELETE /store/carts/:id/line-items/:line_id` */
export const removeSubscriptionLine = withPortalErrors(
  async function removeSubscriptionLine(
    req: MedusaRequest,
    res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    const row = await subscriptionOf(req)
    if (!row) {
      next()
      return
    }
    const line_id = String(req.params.line_id)
    await removeSubscriptionItemWorkflow(req.scope).run({
      input: { cart_id: row.cart_id, line_id },
    })
    res.json({
      id: line_id,
      object: "line-item",
      deleted: true,
      parent: await readCart(req, row.cart_id),
    })
  }
)

/**
 * The row of the line in the path, if it is a subscription's or its setup fee.
 *
 * @throws `not_found` for another cart's line: core deletes it without a look
 */
async function subscriptionOf(
  req: MedusaRequest
): Promise<CartItemRow | undefined> {
  const { id, line_id } = req.params
  const row = isId(line_id)
    ? await findRowOfLine(req.scope, line_id)
    : undefined
  if (row && row.cart_id !== id) {
    throw portalError("not_found")
  }
  return row
}
