import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type SubscriptionModuleService from "../../../modules/subscription/service"
import { listCartItemRows, type CartItemValues } from "../cart-item-row"
import { SETUP_FEE_POINTER } from "../line-data"

export type WriteSyncedRowsInput = {
  cart_id: string
  rows: CartItemValues[]
  /** Lines of setup fees that were just made. */
  fees: { id: string; metadata?: Record<string, unknown> | null }[]
}

/** Writes the rows as they are now, with the ids of new setup fees. */
export const writeSyncedRowsStep = createStep(
  "write-synced-rows",
  async (input: WriteSyncedRowsInput, { container }) => {
    const before = await listCartItemRows(container, input.cart_id)
    const values = new Map(input.rows.map((row) => [row.id, row]))
    for (const fee of input.fees) {
      const id = String(fee.metadata?.[SETUP_FEE_POINTER])
      const row = values.get(id) ?? before.find((one) => one.id === id)
      if (row) {
        values.set(id, { ...row, setup_fee_line_item_id: fee.id })
      }
    }
    const updates = [...values.values()].map(withoutTime)
    if (updates.length) {
      await service(container).updatePortalCartItems(updates)
    }
    const undo = before.filter(({ id }) => values.has(id)).map(withoutTime)
    return new StepResponse(undefined, undo)
  },
  async (undo, { container }) => {
    if (undo?.length) {
      await service(container).updatePortalCartItems(undo)
    }
  }
)

function service(container: {
  resolve<T>(key: string): T
}): SubscriptionModuleService {
  return container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
}

function withoutTime(row: CartItemValues & { created_at?: number }) {
  const { created_at: _, ...values } = row
  return values
}
