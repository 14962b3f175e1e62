import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"

/** A line of a cart, as far as subscriptions need it. */
export type CartLine = {
  id: string
  title: string
  variant_id: string | null
  product_id: string | null
  product_type_id: string | null
  quantity: number
  unit_price: number
  compare_at_unit_price: number | null
  is_custom_price: boolean
  is_tax_inclusive: boolean
  metadata: Record<string, unknown> | null
}

/**
 * A cart with its lines. `context` is what Medusa prices a cart's lines with; see
 * `cartFieldsForPricingContext` in its core flows.
 */
export type SubscriptionCart = {
  id: string
  region_id: string | null
  currency_code: string
  completed: boolean
  lines: CartLine[]
  promo_codes: string[]
  context: Record<string, unknown>
}

/** The part of Medusa's cart that a {@link SubscriptionCart} is made of. */
type MedusaCart = {
  id: string
  region_id?: string | null
  currency_code: string
  completed_at?: string | Date | null
  items?: MedusaLine[]
  promotions?: { code?: string | null }[]
}

/** Core's own list, which it does not export, and the whole region. */
const CONTEXT_FIELDS = [
  "id",
  "sales_channel_id",
  "currency_code",
  "region_id",
  "customer_id",
  "shipping_address.city",
  "shipping_address.country_code",
  "shipping_address.province",
  "shipping_address.postal_code",
  "item_total",
  "total",
  "locale",
  "customer.*",
  "customer.groups.*",
  "email",
  "region.*",
]

/**
 * @throws `not_found`
 */
export async function loadCart(
  container: MedusaContainer,
  cartId: string
): Promise<SubscriptionCart> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "cart",
    fields: [
      ...CONTEXT_FIELDS,
      "completed_at",
      "items.*",
      "promotions.id",
      "promotions.code",
    ],
    filters: { id: [cartId] },
  })
  const cart = data[0] as MedusaCart | undefined
  if (!cart) {
    throw portalError("not_found", { message: "There is no such cart." })
  }
  const { items, promotions, completed_at, ...context } = cart
  return {
    id: cart.id,
    region_id: cart.region_id ?? null,
    currency_code: cart.currency_code,
    completed: Boolean(completed_at),
    lines: (items ?? []).map(cartLine),
    promo_codes: (promotions ?? []).flatMap(({ code }) => code ?? []),
    context,
  }
}

/**
 * A cart that may still be changed.
 *
 * @throws `not_found`, `cart_completed`
 */
export async function loadOpenCart(
  container: MedusaContainer,
  cartId: string
): Promise<SubscriptionCart> {
  const cart = await loadCart(container, cartId)
  if (cart.completed) {
    throw portalError("cart_completed")
  }
  return cart
}

/** The part of Medusa's line that a {@link CartLine} is made of. */
type MedusaLine = {
  id: string
  title: string
  variant_id?: string | null
  product_id?: string | null
  product_type_id?: string | null
  quantity: unknown
  unit_price: unknown
  compare_at_unit_price?: unknown
  is_custom_price?: boolean
  is_tax_inclusive?: boolean
  metadata?: Record<string, unknown> | null
}

/** Amounts as numbers, whatever Medusa's query or service gave. */
export function cartLine(line: MedusaLine): CartLine {
  const compareAt = line.compare_at_unit_price ?? null
  return {
    id: line.id,
    title: line.title,
    variant_id: line.variant_id ?? null,
    product_id: line.product_id ?? null,
    product_type_id: line.product_type_id ?? null,
    quantity: Number(line.quantity),
    unit_price: Number(line.unit_price),
    compare_at_unit_price: compareAt === null ? null : Number(compareAt),
    is_custom_price: Boolean(line.is_custom_price),
    is_tax_inclusive: Boolean(line.is_tax_inclusive),
    metadata: line.metadata ?? null,
  }
}
