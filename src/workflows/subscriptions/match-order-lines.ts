import { ROW_POINTER } from "../carts/line-data"
import type { PurchasedLine, PurchasedRow } from "./purchase"

export type MatchedLine = { line: PurchasedLine; row: PurchasedRow }

/**
 * Finds the row of each order line that is a subscription; a row serves one line.
 * Other lines are ordinary purchases.
 *
 * The line's metadata is a hint and no more, because a storefront may write it.
 * It is followed to a row of the same cart and variant, at first only where the
 * line was sold at the row's price: pointers that were swapped lead nowhere. Next
 * a line without a good pointer takes a row of its variant and price. Last a line
 * whose price differs takes the row that it points to, if that is still free: it
 * is the customer's subscription at another price than agreed for the first
 * charge, and later charges go by the row.
 */
export function matchOrderLines(
  lines: readonly PurchasedLine[],
  rows: readonly PurchasedRow[]
): MatchedLine[] {
  const free = new Set(rows)
  const rowOf = new Map<PurchasedLine, PurchasedRow>()
  const rounds: ((line: PurchasedLine, row: PurchasedRow) => boolean)[] = [
    (line, row) => pointsTo(line, row) && samePrice(line, row),
    samePrice,
    pointsTo,
  ]
  for (const fits of rounds) {
    for (const line of lines.filter((one) => !rowOf.has(one))) {
      const row = [...free].find(
        (one) => one.variant_id === line.variant_id && fits(line, one)
      )
      if (row) {
        rowOf.set(line, row)
        free.delete(row)
      }
    }
  }
  return lines.flatMap((line) => {
    const row = rowOf.get(line)
    return row ? [{ line, row }] : []
  })
}

function pointsTo(line: PurchasedLine, row: PurchasedRow): boolean {
  return line.metadata?.[ROW_POINTER] === row.id
}

function samePrice(line: PurchasedLine, row: PurchasedRow): boolean {
  return Number(line.unit_price) === Number(row.first_unit_price)
}
