import type { SubscriptionPlanDTO } from "../../types/subscription"
import type { CartItemRow, CartItemValues } from "./cart-item-row"
import { feeLineOf, isQuantity, lineOf, rowOf } from "./item-change"
import {
  lineMetadata,
  linePrice,
  looksLikeFeeOf,
  looksLikeLineOf,
  ROW_POINTER,
  SETUP_FEE_POINTER,
  setupFeeLine,
  type SetupFeeLine,
} from "./line-data"
import type { CartLine, SubscriptionCart } from "./load-cart"
import type { PricedItem } from "./price-items"

/** A row with what the cart holds of it. */
export type RowState = {
  row: CartItemRow
  line: CartLine | undefined
  fee: CartLine | undefined
  quantity: number
  /** Ids of lines that the change of the region has deleted. */
  deleted: string[]
}

/** All that brings a cart in accord with its rows. */
export type SyncPlan = {
  restore_line_ids: string[]
  delete_line_ids: string[]
  line_fields: SyncedLine[]
  create: (SetupFeeLine & { cart_id: string })[]
  rows: CartItemValues[]
  remove_row_ids: string[]
  changed: boolean
}

/** What is written of a line, and what its tax depends on. */
export type SyncedLine = {
  id: string
  product_id: string | undefined
  quantity: number
  unit_price: number
  is_tax_inclusive: boolean
  compare_at_unit_price?: number
  title?: string
  metadata?: Record<string, unknown>
}

/**
 * What the cart holds of each row.
 *
 * @param deleted - soft-deleted lines of this cart that rows point to
 * @returns null for a row whose line somebody has removed
 */
export function stateOf(
  cart: SubscriptionCart,
  row: CartItemRow,
  deleted: readonly CartLine[]
): RowState | null {
  const moved = row.region_id !== null && row.region_id !== cart.region_id
  const gone = (id: string | null) =>
    moved ? deleted.find((line) => line.id === id) : undefined
  const linked = lineOf(cart, row) ?? gone(row.line_item_id)
  // A process that died between making the line and saying so.
  const found = cart.lines.find((one) => looksLikeLineOf(row, one))
  const line = linked ?? (row.line_item_id === null ? found : undefined)
  if (!line) {
    return null
  }
  const fee =
    feeLineOf(cart, row) ??
    gone(row.setup_fee_line_item_id) ??
    cart.lines.find((one) => looksLikeFeeOf(row, one))
  const lines = [line, ...(fee ? [fee] : [])]
  return {
    row,
    line,
    fee,
    quantity: isQuantity(line.quantity) ? line.quantity : row.quantity,
    deleted: lines.flatMap((one) => (deleted.includes(one) ? [one.id] : [])),
  }
}

type Priced = {
  state: RowState
  plan: SubscriptionPlanDTO
  priced: PricedItem | undefined
}

/** Pure: the same cart and rows always give the same plan. */
export function planSync(
  cart: SubscriptionCart,
  rows: readonly CartItemRow[],
  priced: readonly Priced[]
): SyncPlan {
  const plan: SyncPlan = {
    restore_line_ids: [],
    delete_line_ids: [],
    line_fields: [],
    create: [],
    rows: [],
    remove_row_ids: [],
    changed: false,
  }
  const kept = new Set<string>()
  for (const one of priced) {
    if (one.priced?.ok) {
      addItem(plan, cart, one.state, one.plan, rowFor(cart, one, one.priced))
      kept.add(one.state.row.id)
    }
  }
  const claimed = new Set(
    priced.flatMap(({ state }) =>
      kept.has(state.row.id) ? [state.line?.id, state.fee?.id] : []
    )
  )
  plan.remove_row_ids = rows.map(({ id }) => id).filter((id) => !kept.has(id))
  plan.delete_line_ids.push(...strayLines(cart, rows, claimed))
  plan.changed =
    plan.restore_line_ids.length > 0 ||
    plan.delete_line_ids.length > 0 ||
    plan.line_fields.length > 0 ||
    plan.create.length > 0 ||
    plan.rows.length > 0 ||
    plan.remove_row_ids.length > 0
  return plan
}

function rowFor(
  cart: SubscriptionCart,
  { state, plan }: Priced,
  { prices }: Extract<PricedItem, { ok: true }>
): CartItemValues {
  const base = {
    ...state.row,
    line_item_id: state.line?.id ?? null,
    quantity: state.quantity,
  }
  const row = rowOf(cart, base, plan, prices)
  return {
    ...row,
    setup_fee_line_item_id:
      row.setup_fee === null ? null : (state.fee?.id ?? null),
  }
}

function addItem(
  plan: SyncPlan,
  cart: SubscriptionCart,
  { row: before, line, fee, deleted }: RowState,
  subscriptionPlan: SubscriptionPlanDTO,
  row: CartItemValues
): void {
  plan.restore_line_ids.push(...deleted)
  const wanted = setupFeeLine(row, subscriptionPlan)
  if (line) {
    const { compare_at_unit_price, ...price } = linePrice(row)
    const right = {
      ...price,
      quantity: row.quantity,
      compare_at_unit_price: compare_at_unit_price as number | undefined,
      metadata: { ...line.metadata, ...lineMetadata(row, subscriptionPlan) },
    }
    pushLine(plan, line, right, deleted)
  }
  if (fee && wanted) {
    const { title, unit_price, is_tax_inclusive } = wanted
    pushLine(
      plan,
      fee,
      { title, unit_price, is_tax_inclusive, quantity: 1 },
      deleted
    )
  } else if (fee) {
    plan.delete_line_ids.push(fee.id)
  } else if (wanted) {
    plan.create.push({ ...wanted, cart_id: cart.id })
  }
  if (!same(before, row)) {
    plan.rows.push(row)
  }
}

/** A line that came back is written and taxed anew, whatever it says. */
function pushLine(
  plan: SyncPlan,
  line: CartLine,
  right: Omit<SyncedLine, "id" | "product_id">,
  deleted: readonly string[]
): void {
  if (deleted.includes(line.id) || !same(line, right)) {
    plan.line_fields.push({
      id: line.id,
      product_id: line.product_id ?? undefined,
      ...right,
    })
  }
}

/** Lines that were made for rows of this cart and belong to none of them now. */
function strayLines(
  cart: SubscriptionCart,
  rows: readonly CartItemRow[],
  claimed: ReadonlySet<string | undefined>
): string[] {
  const linked = new Set(
    rows.flatMap((row) => [row.line_item_id, row.setup_fee_line_item_id])
  )
  return cart.lines
    .filter(
      (line) =>
        line.is_custom_price &&
        !claimed.has(line.id) &&
        (linked.has(line.id) ||
          ROW_POINTER in (line.metadata ?? {}) ||
          SETUP_FEE_POINTER in (line.metadata ?? {}))
    )
    .map(({ id }) => id)
}

/** Whether `now` has all that `wanted` says; order of keys does not matter. */
function same<T extends object>(now: T, wanted: Partial<T>): boolean {
  return (Object.keys(wanted) as (keyof T)[]).every((key) =>
    equal(now[key], wanted[key])
  )
}

function equal(a: unknown, b: unknown): boolean {
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every((key) => equal(a[key], b[key]))
  }
  return (a ?? null) === (b ?? null)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}
