import { Modules } from "@medusajs/framework/utils"
import type { Batch } from "./batch"
import type { PaidRenewal } from "./place-orders"

/**
 * Reserves the goods of renewals' orders. The ids were fixed when the renewal was
 * priced: a repetition meets its own reservations and makes none. An order that was
 * paid for is reserved even where the last piece was sold in the meantime.
 */
export async function reserveStock(
  { container }: Batch,
  renewals: PaidRenewal[]
): Promise<void> {
  const wanted = renewals.flatMap(({ quote }) => quote.reservations)
  if (!wanted.length) {
    return
  }
  const inventory = container.resolve(Modules.INVENTORY)
  const ids = wanted.map(({ id }) => id)
  const existing = new Set(
    (
      await inventory.listReservationItems(
        { id: ids },
        { select: ["id"], take: ids.length }
      )
    ).map(({ id }) => id)
  )
  const missing = wanted.filter(({ id }) => !existing.has(id))
  if (!missing.length) {
    return
  }
  // As core does: stock levels are read and written back, so writers of the same
  // item take turns.
  const items = [...new Set(missing.map((one) => one.inventory_item_id))].sort()
  await container.resolve(Modules.LOCKING).execute(items, async () => {
    await inventory.createReservationItems(
      missing.map((reservation) => ({ ...reservation, allow_backorder: true }))
    )
  })
}
