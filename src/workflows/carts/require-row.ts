import { portalError } from "../../errors/portal-error"
import type { CartItemRow } from "./cart-item-row"

/**
 * The row of a subscription line.
 *
 * @param rows - of one cart, so that another cart's line is not found
 * @throws `not_found`; `setup_fee_line_locked` for the line of a setup fee
 */
export function requireRowOfLine(
  rows: readonly CartItemRow[],
  lineId: string
): CartItemRow {
  if (rows.some((row) => row.setup_fee_line_item_id === lineId)) {
    throw portalError("setup_fee_line_locked")
  }
  const row = rows.find((one) => one.line_item_id === lineId)
  if (!row) {
    throw portalError("not_found", {
      message: "The cart has no such subscription line.",
    })
  }
  return row
}
