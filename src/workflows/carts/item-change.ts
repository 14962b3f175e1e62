import { portalError } from "../../errors/portal-error"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import type { CartItemRow, CartItemValues } from "./cart-item-row"
import {
  lineMetadata,
  linePrice,
  newLine,
  setupFeeLine,
  type NewLine,
} from "./line-data"
import type { CartLine, SubscriptionCart } from "./load-cart"
import type { ItemPrices } from "./price-items"

export const MAX_QUANTITY = 10_000

/** All that adding or changing one subscription line writes. */
export type ItemChange = {
  cart_id: string
  /** The row as it shall be. */
  row: CartItemValues
  is_new: boolean
  /** The row's quantity before, for a change that nobody else made meanwhile. */
  expected_quantity: number | null
  /** Rows whose line is gone: they leave the place in the unique index. */
  stale_row_ids: string[]
  delete_line_ids: string[]
  /** Of lines that stay, before core's workflow reads them. */
  line_fields: LineFields[]
  update: LineUpdate | null
  add: NewLine[]
  /** Lines of the cart before: those that come are not among them. */
  known_line_ids: string[]
}

export type LineFields = {
  id: string
  title?: string
  unit_price?: number
  is_tax_inclusive?: boolean
}

export type LineUpdate = {
  item_id: string
  update: {
    quantity: number
    unit_price: number
    compare_at_unit_price: number | null
    metadata: Record<string, unknown>
  }
}

type Wanted = {
  cart: SubscriptionCart
  row: CartItemValues
  plan: SubscriptionPlanDTO
}

/** The row of an item at its prices. */
export function rowOf(
  cart: SubscriptionCart,
  base: Pick<
    CartItemValues,
    | "id"
    | "line_item_id"
    | "setup_fee_line_item_id"
    | "product_id"
    | "variant_id"
    | "quantity"
  >,
  plan: SubscriptionPlanDTO,
  prices: ItemPrices
): CartItemValues {
  return {
    ...base,
    ...prices,
    cart_id: cart.id,
    plan_id: plan.id,
    region_id: cart.region_id,
    currency_code: cart.currency_code,
  }
}

/** A line that is new in the cart, with its setup fee. */
export function additionOf(
  { cart, row, plan }: Wanted,
  stale: readonly CartItemRow[] = []
): ItemChange {
  const fee = setupFeeLine(row, plan)
  return {
    cart_id: cart.id,
    row,
    is_new: true,
    expected_quantity: null,
    stale_row_ids: stale.map(({ id }) => id),
    delete_line_ids: stale.flatMap((one) => feeLineOf(cart, one)?.id ?? []),
    line_fields: [],
    update: null,
    add: [newLine(row, plan), ...(fee ? [fee] : [])],
    known_line_ids: cart.lines.map(({ id }) => id),
  }
}

/** Another quantity or plan of a line that is in the cart. */
export function alterationOf(
  { cart, row, plan }: Wanted,
  before: { row: CartItemRow; line: CartLine },
  metadata: Record<string, unknown> = {}
): ItemChange {
  const fee = setupFeeLine(row, plan)
  const oldFee = feeLineOf(cart, row)
  const { is_tax_inclusive, ...price } = linePrice(row)
  const changed = before.line.is_tax_inclusive !== is_tax_inclusive
  return {
    cart_id: cart.id,
    row: {
      ...row,
      setup_fee_line_item_id: fee && oldFee ? oldFee.id : null,
    },
    is_new: false,
    expected_quantity: before.row.quantity,
    stale_row_ids: [],
    delete_line_ids: oldFee && !fee ? [oldFee.id] : [],
    line_fields: [
      ...(changed ? [{ id: before.line.id, is_tax_inclusive }] : []),
      ...(fee && oldFee
        ? [
            {
              id: oldFee.id,
              title: fee.title,
              unit_price: fee.unit_price,
              is_tax_inclusive: fee.is_tax_inclusive,
            },
          ]
        : []),
    ],
    update: {
      item_id: before.line.id,
      update: {
        ...price,
        quantity: row.quantity,
        metadata: {
          ...before.line.metadata,
          ...metadata,
          ...lineMetadata(row, plan),
        },
      },
    },
    add: fee && !oldFee ? [fee] : [],
    known_line_ids: cart.lines.map(({ id }) => id),
  }
}

export function lineOf(
  cart: SubscriptionCart,
  row: Pick<CartItemValues, "line_item_id">
): CartLine | undefined {
  return cart.lines.find(({ id }) => id === row.line_item_id)
}

export function feeLineOf(
  cart: SubscriptionCart,
  row: Pick<CartItemValues, "setup_fee_line_item_id">
): CartLine | undefined {
  return cart.lines.find(({ id }) => id === row.setup_fee_line_item_id)
}

/**
 * @throws `quantity_invalid`
 */
export function requireQuantity(quantity: number): number {
  if (!isQuantity(quantity)) {
    throw portalError("quantity_invalid", {
      message: `A quantity is a whole number from 1 to ${MAX_QUANTITY}.`,
    })
  }
  return quantity
}

export function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY
}
