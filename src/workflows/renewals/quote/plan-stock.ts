import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import type { QuoteItem, QuoteReservation } from "../../../types/quote"
import type { CatalogueVariant, StockLevel } from "./load-catalogue"

/** Stock that is still free, while a batch is planned. */
export type StockLedger = Map<string, number>

/** Where the goods of a period come from, and whether they are there. */
export type StockPlan = {
  reservations: QuoteReservation[]
  is_short: boolean
}

/**
 * Decides from which locations the lines of a period are reserved. What one
 * subscription of a batch takes is gone for the next: the ledger is shared.
 *
 * Nothing is reserved here. Between this look and the order somebody may buy the
 * last piece; the paid order is then a backorder that the merchant sees, because
 * an order that was paid for is never dropped.
 */
export function planStock(
  subscription: BillingSubscription,
  items: QuoteItem[],
  catalogue: Map<string, CatalogueVariant>,
  ledger: StockLedger,
  reservationId: () => string
): StockPlan {
  const reservations: QuoteReservation[] = []
  const taken = new Map<string, number>()
  let isShort = false
  for (const item of items) {
    const variant = catalogue.get(item.variant_id ?? "")
    if (!variant?.manage_inventory) {
      continue
    }
    for (const part of variant.inventory_items) {
      const quantity = part.required_quantity * item.quantity
      const levels = levelsOf(
        part.inventory?.location_levels ?? [],
        subscription
      )
      const free = (level: StockLevel) => {
        const key = `${part.inventory_item_id} ${level.location_id}`
        const left =
          ledger.get(key) ?? level.stocked_quantity - level.reserved_quantity
        ledger.set(key, left)
        return left - (taken.get(key) ?? 0)
      }
      const source = levels.find((level) => free(level) >= quantity)
      isShort ||= !source && !variant.allow_backorder
      const location = source ?? levels[0]
      if (!location) {
        continue
      }
      const key = `${part.inventory_item_id} ${location.location_id}`
      taken.set(key, (taken.get(key) ?? 0) + quantity)
      reservations.push({
        id: reservationId(),
        line_item_id: item.id,
        inventory_item_id: part.inventory_item_id,
        location_id: location.location_id,
        quantity,
      })
    }
  }
  if (!isShort) {
    taken.forEach((quantity, key) =>
      ledger.set(key, (ledger.get(key) ?? 0) - quantity)
    )
  }
  return { reservations, is_short: isShort }
}

/** Locations that serve the channel in which the subscription was bought. */
function levelsOf(
  levels: StockLevel[],
  { sales_channel_id: channel }: BillingSubscription
): StockLevel[] {
  return levels.filter(
    (level) =>
      !channel ||
      level.stock_locations.some((location) =>
        location.sales_channels.some(({ id }) => id === channel)
      )
  )
}
