import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"

/** A session of the cart's payment collection. */
export type CartPaymentSession = {
  id: string
  provider_id: string
  status: string
  data: Record<string, unknown> | null
}

/** A cart with at least one subscription line, before it is paid. */
export type SubscriptionCart = {
  id: string
  region_id: string | null
  customer_id: string | null
  /** Whether the customer has registered. */
  has_account: boolean
  /** What is due today. */
  total: number
  /** Whether the cart has become an order. */
  is_placed: boolean
  /**
   * Whether later charges need a payment method now: always, but where all that
   * the cart holds are trials whose plans go without.
   */
  requires_payment_method: boolean
  sessions: CartPaymentSession[]
}

type CartRecord = {
  id: string
  region_id?: string | null
  customer_id?: string | null
  customer?: { has_account?: boolean } | null
  total?: unknown
  payment_collection?: {
    payment_sessions?: (CartPaymentSession | null)[] | null
  } | null
}

/**
 * A cart as the rules of the checkout need it; null for a cart without
 * subscription lines, which costs one indexed query.
 */
export async function loadSubscriptionCart(
  container: MedusaContainer,
  cartId: string
): Promise<SubscriptionCart | null> {
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  // An empty id is asked for by nobody; undefined would match every row.
  const rows = cartId
    ? await service.listPortalCartItems({ cart_id: cartId })
    : []
  if (!rows.length) {
    return null
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [{ data: carts }, { data: orders }, plans] = await Promise.all([
    query.graph({
      entity: "cart",
      fields: [
        "id",
        "region_id",
        "customer_id",
        "customer.has_account",
        "total",
        "payment_collection.payment_sessions.*",
      ],
      filters: { id: cartId },
    }),
    query.graph({
      entity: "order_cart",
      fields: ["order_id"],
      filters: { cart_id: cartId },
    }),
    service.listPortalSubscriptionPlans({
      id: [...new Set(rows.map((row) => row.plan_id))],
    }),
  ])
  const cart = (carts as unknown as CartRecord[])[0]
  if (!cart) {
    return null
  }
  const cardless = new Set(
    plans.flatMap((plan) => (plan.trial_requires_payment_method ? [] : plan.id))
  )
  return {
    id: cart.id,
    region_id: cart.region_id ?? null,
    customer_id: cart.customer_id ?? null,
    has_account: cart.customer?.has_account ?? false,
    total: Number(cart.total ?? 0),
    is_placed: orders.length > 0,
    requires_payment_method: rows.some(
      (row) => row.trial_days === 0 || !cardless.has(row.plan_id)
    ),
    sessions: (cart.payment_collection?.payment_sessions ?? []).flatMap(
      (session) => session ?? []
    ),
  }
}
