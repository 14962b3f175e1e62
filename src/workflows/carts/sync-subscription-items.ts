import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createWorkflow,
  transform,
  when,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"
import {
  createLineItemsStep,
  deleteLineItemsStep,
  refreshCartItemsWorkflow,
  updateLineItemsStep,
} from "@medusajs/medusa/core-flows"
import { listCartItemRows } from "./cart-item-row"
import type { SyncPlan } from "./plan-sync"
import { lockCartStep, unlockCartStep } from "./steps/lock-cart"
import {
  planSyncStep,
  type SyncSubscriptionItemsInput,
} from "./steps/plan-sync"
import { removeCartItemsStep } from "./steps/remove-cart-items"
import { restoreLinesStep } from "./steps/restore-lines"
import { writeSyncedRowsStep } from "./steps/write-synced-rows"

export const syncSubscriptionItemsWorkflowId = "portal-sync-subscription-items"

/**
 * Brings a cart's subscription lines in accord with the plugin's rows, after
 * whatever has changed the cart: lines that a new region deleted come back at the
 * new region's price, prices follow the customer's groups and price lists, rows
 * whose line was removed go, and so does what a died process left. It may run any
 * number of times; where all is right it writes nothing.
 *
 * @throws `not_found`, `cart_busy`
 * @example
 * await syncSubscriptionItemsWorkflow(container).run({ input: { cart_id } })
 * // result: { changed: false }
 */
export const syncSubscriptionItemsWorkflow = createWorkflow(
  syncSubscriptionItemsWorkflowId,
  (input: SyncSubscriptionItemsInput) => {
    const lock = lockCartStep({ cart_id: input.cart_id })
    const sync = planSyncStep(input)
    when("portal-out-of-sync", { sync }, (data) => data.sync.changed).then(
      () => {
        applySync(sync)
      }
    )
    unlockCartStep(lock)
    const changed = transform({ sync }, (data) => data.sync.changed)
    return new WorkflowResponse({ changed })
  }
)

type Sync = SyncPlan & { cart_id: string; promo_codes?: string[] }

function applySync(sync: WorkflowData<Sync>): void {
  restoreLinesStep(sync.restore_line_ids)
  deleteLineItemsStep(sync.delete_line_ids)
  const updates = transform({ sync }, (data) => ({
    id: data.sync.cart_id,
    items: data.sync.line_fields,
  }))
  updateLineItemsStep(updates)
  const creations = transform({ sync }, (data) => ({
    id: data.sync.cart_id,
    items: data.sync.create,
  }))
  const created = createLineItemsStep(creations)
  const rows = transform({ sync, created }, (data) => ({
    cart_id: data.sync.cart_id,
    rows: data.sync.rows,
    fees: data.created,
  }))
  writeSyncedRowsStep(rows)
  removeCartItemsStep(sync.remove_row_ids)
  const refresh = transform({ sync, created }, (data) => ({
    cart_id: data.sync.cart_id,
    items: [...data.sync.line_fields, ...data.created],
    ...(data.sync.promo_codes && { promo_codes: data.sync.promo_codes }),
  }))
  refreshCartItemsWorkflow.runAsStep({ input: refresh })
}

/**
 * {@link syncSubscriptionItemsWorkflow} for a cart that may have no subscription
 * line at all, which then costs one statement.
 *
 * @returns whether anything was written
 */
export async function syncSubscriptionItems(
  container: MedusaContainer,
  input: SyncSubscriptionItemsInput
): Promise<boolean> {
  const rows = await listCartItemRows(container, input.cart_id)
  if (!rows.length) {
    return false
  }
  const { result } = await syncSubscriptionItemsWorkflow(container).run({
    input,
  })
  return result.changed
}
