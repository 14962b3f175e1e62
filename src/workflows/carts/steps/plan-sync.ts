import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { listCartItemRows, type CartItemRow } from "../cart-item-row"
import {
  cartLine,
  loadCart,
  type CartLine,
  type SubscriptionCart,
} from "../load-cart"
import { loadPlans } from "../offered-plan"
import { planSync, stateOf, type SyncPlan } from "../plan-sync"
import { priceItems } from "../price-items"

export type SyncSubscriptionItemsInput = {
  cart_id: string
  /**
   * Codes that the cart had before core refreshed it without the subscription
   * lines, and so without what the codes applied to.
   */
  promo_codes?: string[]
}

/** Compares a cart with its rows; writes nothing. */
export const planSyncStep = createStep(
  "plan-sync",
  async (input: SyncSubscriptionItemsInput, { container }) => {
    const cart = await loadCart(container, input.cart_id)
    const rows = await listCartItemRows(container, cart.id)
    const sync = cart.completed ? NOTHING : await plan(container, cart, rows)
    const promo_codes = await knownCodes(container, input.promo_codes)
    return new StepResponse({ ...sync, cart_id: cart.id, promo_codes })
  }
)

const NOTHING: SyncPlan = {
  restore_line_ids: [],
  delete_line_ids: [],
  line_fields: [],
  create: [],
  rows: [],
  remove_row_ids: [],
  changed: false,
}

async function plan(
  container: MedusaContainer,
  cart: SubscriptionCart,
  rows: CartItemRow[]
): Promise<SyncPlan> {
  const deleted = await deletedLines(container, cart, rows)
  const plans = await loadPlans(
    container,
    rows.map((row) => row.plan_id)
  )
  const items = rows.flatMap((row) => {
    const state = stateOf(cart, row, deleted)
    const known = plans.get(row.plan_id)
    return state && known ? [{ state, plan: known }] : []
  })
  const prices = await priceItems(
    container,
    cart,
    items.map(({ state, plan }) => ({
      variant_id: state.row.variant_id,
      quantity: state.quantity,
      plan,
    }))
  )
  const priced = items.map((item, index) => ({
    ...item,
    priced: prices[index],
  }))
  return planSync(cart, rows, priced)
}

/** Soft-deleted lines of this cart that rows point to. */
async function deletedLines(
  container: MedusaContainer,
  cart: SubscriptionCart,
  rows: CartItemRow[]
): Promise<CartLine[]> {
  const live = new Set(cart.lines.map(({ id }) => id))
  const missing = rows
    .flatMap((row) => [row.line_item_id, row.setup_fee_line_item_id])
    .filter((id): id is string => id !== null && !live.has(id))
  if (!missing.length) {
    return []
  }
  const lines = await container
    .resolve(Modules.CART)
    .listLineItems({ id: missing, cart_id: cart.id }, { withDeleted: true })
  return lines.map(cartLine)
}

/** Core refuses a code that exists no more; here it is left out. */
async function knownCodes(
  container: MedusaContainer,
  codes: string[] | undefined
): Promise<string[] | undefined> {
  if (!codes?.length) {
    return undefined
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "promotion",
    fields: ["id", "code"],
    filters: { code: codes },
  })
  return (data as { code?: string | null }[]).flatMap(({ code }) => code ?? [])
}
