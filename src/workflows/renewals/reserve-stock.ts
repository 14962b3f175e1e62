import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { Batch } from "./batch"
import type { PaidRenewal } from "./place-orders"

/** A batch of reservations takes milliseconds; this many may stand in line. */
const LOCK_TIMEOUT_SECONDS = 30

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
  await oneAtATime(
    container,
    missing.map((one) => one.inventory_item_id),
    () =>
      inventory.createReservationItems(
        missing.map((one) => ({ ...one, allow_backorder: true }))
      )
  )
}

/**
 * Lets writers of the same stock take turns: Medusa reads a stock level and writes
 * the sum back. Its own lock goes first, because core's writers take it too. It
 * lives in one process by default, so workers on other machines are held off by
 * the database. Taken in a fixed order, so that nobody waits in a circle.
 */
async function oneAtATime(
  container: MedusaContainer,
  inventoryItemIds: string[],
  write: () => Promise<unknown>
): Promise<void> {
  const keys = [...new Set(inventoryItemIds)].sort()
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await container.resolve(Modules.LOCKING).execute(
    keys,
    async () => {
      await database.transaction(async (transaction) => {
        await transaction.raw(
          `select pg_advisory_xact_lock(hashtextextended('portal-stock:' || key, 0))
           from (select unnest(?::text[]) as key order by 1) keys`,
          [keys]
        )
        await write()
      })
    },
    { timeout: LOCK_TIMEOUT_SECONDS }
  )
}
