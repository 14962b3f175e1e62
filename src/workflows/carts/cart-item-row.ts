import type { MedusaContainer } from "@medusajs/framework/types"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"

/** A row of `portal_cart_item`; amounts are numbers in major units. */
export type CartItemRow = {
  id: string
  cart_id: string
  /** Null while the line is being made. */
  line_item_id: string | null
  setup_fee_line_item_id: string | null
  plan_id: string
  product_id: string
  variant_id: string
  quantity: number
  region_id: string | null
  currency_code: string
  is_tax_inclusive: boolean
  list_unit_price: number
  first_unit_price: number
  recurring_unit_price: number
  setup_fee: number | null
  trial_days: number
  prepaid_cycles: number | null
  /** Milliseconds since 1970, by the database's clock. */
  created_at: number
}

/** What is written of a row. */
export type CartItemValues = Omit<CartItemRow, "created_at">

/** The rows of a cart, the oldest first. One statement. */
export async function listCartItemRows(
  container: MedusaContainer,
  cartId: string
): Promise<CartItemRow[]> {
  return await list(container, { cart_id: [cartId] })
}

/** The row whose subscription line or setup fee a cart line is. */
export async function findRowOfLine(
  container: MedusaContainer,
  lineId: string
): Promise<CartItemRow | undefined> {
  const [row] = await list(container, {
    $or: [{ line_item_id: [lineId] }, { setup_fee_line_item_id: [lineId] }],
  })
  return row
}

async function list(
  container: MedusaContainer,
  filters: Record<string, unknown>
): Promise<CartItemRow[]> {
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const rows = await service.listPortalCartItems(filters, {
    order: { created_at: "ASC", id: "ASC" },
  })
  return rows.map((row) => ({
    id: row.id,
    cart_id: row.cart_id,
    line_item_id: row.line_item_id,
    setup_fee_line_item_id: row.setup_fee_line_item_id,
    plan_id: row.plan_id,
    product_id: row.product_id,
    variant_id: row.variant_id,
    quantity: row.quantity,
    region_id: row.region_id,
    currency_code: row.currency_code,
    is_tax_inclusive: row.is_tax_inclusive,
    list_unit_price: Number(row.list_unit_price),
    first_unit_price: Number(row.first_unit_price),
    recurring_unit_price: Number(row.recurring_unit_price),
    setup_fee: row.setup_fee === null ? null : Number(row.setup_fee),
    trial_days: row.trial_days,
    prepaid_cycles: row.prepaid_cycles,
    created_at: new Date(row.created_at).getTime(),
  }))
}
