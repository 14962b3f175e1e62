import type { MedusaContainer } from "@medusajs/framework/types"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import { listCartItemRows, type CartItemRow } from "./cart-item-row"
import { ROW_POINTER, SETUP_FEE_POINTER } from "./line-data"
import { loadCart, type CartLine, type SubscriptionCart } from "./load-cart"
import { isOfferedFor, loadPlans } from "./offered-plan"

export type { CartItemRow } from "./cart-item-row"

/** What can be wrong with a cart's subscription lines. */
export type SubscriptionItemsProblem =
  | "line_missing"
  | "line_changed"
  | "price_changed"
  | "quantity_changed"
  | "currency_changed"
  | "setup_fee_changed"
  | "line_unknown"
  | "plan_not_offered"
  | "plan_archived"

export type VerifiedSubscriptionItems =
  | { ok: true; items: CartItemRow[] }
  | { ok: false; problem: SubscriptionItemsProblem }

/**
 * Answers whether a cart's subscription lines are what the plugin made of them:
 * each row with its line, at the row's price and quantity, with its setup fee,
 * and a plan that is still offered. To be asked before the cart is paid. It
 * writes nothing; `syncSubscriptionItems` repairs what can be repaired.
 *
 * A cart without rows is right, with no items, after one statement.
 */
export async function verifySubscriptionItems(
  container: MedusaContainer,
  cart_id: string
): Promise<VerifiedSubscriptionItems> {
  const items = await listCartItemRows(container, cart_id)
  if (!items.length) {
    return { ok: true, items }
  }
  const [cart, plans] = await Promise.all([
    loadCart(container, cart_id),
    loadPlans(
      container,
      items.map((row) => row.plan_id)
    ),
  ])
  const problem = problemOf(cart, items, plans)
  return problem ? { ok: false, problem } : { ok: true, items }
}

function problemOf(
  cart: SubscriptionCart,
  rows: CartItemRow[],
  plans: Map<string, SubscriptionPlanDTO>
): SubscriptionItemsProblem | undefined {
  for (const row of rows) {
    const problem =
      lineProblem(cart, row) ??
      feeProblem(cart, row) ??
      planProblem(row, plans.get(row.plan_id))
    if (problem) {
      return problem
    }
  }
  // A line that bears our price without a row would sell at a price that nobody
  // has agreed to. It is left over where a process died while adding a line.
  const known = new Set(
    rows.flatMap((row) => [row.line_item_id, row.setup_fee_line_item_id])
  )
  const stray = cart.lines.some(
    (line) =>
      line.is_custom_price &&
      !known.has(line.id) &&
      (ROW_POINTER in (line.metadata ?? {}) ||
        SETUP_FEE_POINTER in (line.metadata ?? {}))
  )
  return stray ? "line_unknown" : undefined
}

function lineProblem(
  cart: SubscriptionCart,
  row: CartItemRow
): SubscriptionItemsProblem | undefined {
  const line = lineOf(cart, row.line_item_id)
  if (!line) {
    return "line_missing"
  }
  if (line.variant_id !== row.variant_id || !line.is_custom_price) {
    return "line_changed"
  }
  if (
    row.currency_code !== cart.currency_code ||
    (row.region_id !== null && row.region_id !== cart.region_id)
  ) {
    return "currency_changed"
  }
  if (
    line.unit_price !== row.first_unit_price ||
    line.is_tax_inclusive !== row.is_tax_inclusive
  ) {
    return "price_changed"
  }
  return line.quantity === row.quantity ? undefined : "quantity_changed"
}

function feeProblem(
  cart: SubscriptionCart,
  row: CartItemRow
): SubscriptionItemsProblem | undefined {
  const line = lineOf(cart, row.setup_fee_line_item_id)
  const right =
    row.setup_fee === null
      ? !line
      : line?.unit_price === row.setup_fee &&
        line.quantity === 1 &&
        line.is_tax_inclusive === row.is_tax_inclusive
  return right ? undefined : "setup_fee_changed"
}

function planProblem(
  row: CartItemRow,
  plan: SubscriptionPlanDTO | undefined
): SubscriptionItemsProblem | undefined {
  if (!plan || !isOfferedFor(plan, row)) {
    return "plan_not_offered"
  }
  return plan.status === "active" ? undefined : "plan_archived"
}

function lineOf(
  cart: SubscriptionCart,
  id: string | null
): CartLine | undefined {
  return id === null ? undefined : cart.lines.find((line) => line.id === id)
}
