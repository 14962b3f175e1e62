import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import { addressSnapshot } from "./address-snapshot"
import type { Purchase, PurchasedLine, PurchasedRow } from "./purchase"

/**
 * An order that came from a cart with subscription lines, with all that its
 * subscriptions are made of; null for every other order, after two queries.
 *
 * A row counts while its line is still in the cart: core's own routes remove
 * lines and know nothing of our rows.
 */
export async function loadPurchase(
  container: MedusaContainer,
  input: { order_id: string }
): Promise<Purchase | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  // Checked because an undefined filter would match every order.
  if (!input.order_id) {
    throw portalError("validation_failed", { message: "No order was named." })
  }
  const cartId = await cartOfOrder(container, input.order_id)
  if (!cartId) {
    return null
  }
  const rows = await service.listPortalCartItems({ cart_id: cartId })
  if (!rows.length) {
    return null
  }
  const [{ data: orders }, { data: carts }, plans] = await Promise.all([
    query.graph({
      entity: "order",
      fields: ORDER_FIELDS,
      filters: { id: input.order_id },
    }),
    query.graph({
      entity: "cart",
      fields: ["id", "items.id", "items.variant_id"],
      filters: { id: cartId },
    }),
    service.listPortalSubscriptionPlans({
      id: [...new Set(rows.map((row) => row.plan_id))],
    }),
  ])
  const order = (orders as unknown as OrderRecord[])[0]
  if (!order?.customer_id || !order.region_id) {
    return null
  }
  const [cart] = carts as unknown as CartRecord[]
  const cartLines = new Set(
    (cart?.items ?? []).map((line) => `${line?.id}:${line?.variant_id}`)
  )
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  // Orders carry the real time. While a merchant or a test plays with the
  // plugin's clock, a subscription begins at that clock's time instead: else its
  // dates would lie years beside the ones that the clock is set to.
  const started = runtime.options.testClock
    ? await runtime.now()
    : new Date(order.created_at)

  return {
    order_id: order.id,
    cart_id: cartId,
    customer_id: order.customer_id,
    email: order.email ?? "",
    currency_code: order.currency_code,
    region_id: order.region_id,
    sales_channel_id: order.sales_channel_id,
    locale: order.locale ?? null,
    shipping_address: addressSnapshot(order.shipping_address),
    billing_address: addressSnapshot(order.billing_address),
    shipping_option_id: order.shipping_methods?.[0]?.shipping_option_id ?? null,
    payment_collection_ids: (order.payment_collections ?? []).flatMap(
      (collection) => collection?.id ?? []
    ),
    lines: (order.items ?? []).flatMap((line) =>
      line ? purchasedLine(line) : []
    ),
    // An order that was canceled before anyone looked makes no subscription.
    rows:
      order.status === "canceled"
        ? []
        : rows
            .filter((row) =>
              cartLines.has(`${row.line_item_id}:${row.variant_id}`)
            )
            .map(purchasedRow),
    plans: plans as unknown as SubscriptionPlanDTO[],
    started_at: started.toISOString(),
    timezone: runtime.options.timezone,
  }
}

type LineRecord = Pick<PurchasedLine, "id" | "variant_id" | "metadata"> & {
  title: string
  product_title: string | null
  quantity: unknown
  unit_price: unknown
  total: unknown
  tax_lines?: ({ rate: unknown } | null)[]
}

/** What the query below answers, of which Medusa knows no type. */
type OrderRecord = {
  id: string
  status: string
  created_at: string | Date
  customer_id: string | null
  email: string | null
  currency_code: string
  region_id: string | null
  sales_channel_id: string | null
  locale?: string | null
  items?: (LineRecord | null)[]
  shipping_address?: unknown
  billing_address?: unknown
  shipping_methods?: { shipping_option_id: string | null }[]
  payment_collections?: ({ id: string } | null)[]
}

type CartRecord = {
  items?: ({ id: string; variant_id: string | null } | null)[]
}

const ORDER_FIELDS = [
  "id",
  "status",
  "created_at",
  "customer_id",
  "email",
  "currency_code",
  "region_id",
  "sales_channel_id",
  "locale",
  "total",
  "items.*",
  "items.total",
  "items.tax_lines.rate",
  "shipping_address.*",
  "billing_address.*",
  "shipping_methods.shipping_option_id",
  "payment_collections.id",
]

/** The cart that became an order; null for orders that were made otherwise. */
async function cartOfOrder(
  container: MedusaContainer,
  orderId: string
): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_cart",
    fields: ["cart_id", "order_id"],
    filters: { order_id: orderId },
  })
  const links = data as { cart_id?: string; order_id?: string }[]
  return links.find((link) => link.order_id === orderId)?.cart_id ?? null
}

function purchasedLine(line: LineRecord): PurchasedLine {
  return {
    id: line.id,
    variant_id: line.variant_id,
    title: line.product_title ?? line.title,
    quantity: Number(line.quantity),
    unit_price: Number(line.unit_price),
    total: Number(line.total),
    tax_rate: (line.tax_lines ?? []).reduce(
      (sum, tax) => sum + Number(tax?.rate ?? 0),
      0
    ),
    metadata: line.metadata,
  }
}

function purchasedRow(row: PurchasedRow): PurchasedRow {
  return {
    id: row.id,
    line_item_id: row.line_item_id,
    plan_id: row.plan_id,
    product_id: row.product_id,
    variant_id: row.variant_id,
    is_tax_inclusive: row.is_tax_inclusive,
    list_unit_price: Number(row.list_unit_price),
    first_unit_price: Number(row.first_unit_price),
    recurring_unit_price: Number(row.recurring_unit_price),
    trial_days: row.trial_days,
    prepaid_cycles: row.prepaid_cycles,
  }
}
