/** A variant that comes once, with a coming order. */
export type OneOffItemView<Time = string> = {
  id: string
  product_id: string
  variant_id: string
  title: string
  quantity: number
  /** The period whose charge has it; null: it waits for the next one. */
  cycle_id: string | null
  created_at: Time
}

/** Lines that may wait for one order. */
export const MAX_ONE_OFF_ITEMS = 20
