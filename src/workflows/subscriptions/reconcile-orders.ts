import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import { systemClock } from "../../shared/clock"
import { createSubscriptionsFromOrderWorkflow } from "./create-subscriptions-from-order"

const PAGE = 200
/** At most so many pages a run: what lies behind are carts left long ago. */
const MAX_PAGES = 100
/** Younger orders may still be in the middle of their completion. */
const MIN_AGE_MS = 2 * 60 * 1000

/**
 * Makes the subscriptions of orders whose `order.placed` was lost. It looks only
 * at rows of carts that were not dealt with, the newest first: a row leaves that
 * set as soon as its order has its subscriptions, so a run costs what there is
 * to do, not what the store has sold.
 *
 * One order that fails is logged and tried again by the next run; it never holds
 * up the others.
 *
 * @returns `checked`: rows that were looked at; `created`: subscriptions made
 */
export async function reconcileOrders(
  container: MedusaContainer
): Promise<{ checked: number; created: number }> {
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const done = { checked: 0, created: 0 }
  const seen = new Set<string>()
  let before: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    // Ids grow with time, so the last one is where the next page begins.
    const rows = await service.listPortalCartItems(
      before ? { id: { $lt: before } } : {},
      { select: ["id", "cart_id"], order: { id: "DESC" }, take: PAGE }
    )
    const carts = [...new Set(rows.map((row) => row.cart_id))]
    for (const orderId of await ordersOfCarts(container, carts)) {
      if (!seen.has(orderId)) {
        seen.add(orderId)
        done.created += await reconcileOrder(container, orderId)
      }
    }
    done.checked += rows.length
    before = rows.at(-1)?.id
    if (rows.length < PAGE) {
      break
    }
  }
  return done
}

/** The orders that came of some of these carts, long enough ago. */
async function ordersOfCarts(
  container: MedusaContainer,
  cartIds: string[]
): Promise<string[]> {
  if (!cartIds.length) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_cart",
    fields: ["order_id"],
    filters: { cart_id: cartIds },
  })
  const ids = (data as { order_id: string }[]).map(({ order_id }) => order_id)
  if (!ids.length) {
    return []
  }
  const { data: orders } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters: {
      id: ids,
      // The age of an order is real time, whatever the plugin's clock says.
      created_at: {
        $lte: new Date(systemClock.now().getTime() - MIN_AGE_MS),
      },
    },
  })
  return (orders as { id: string }[]).map(({ id }) => id)
}

async function reconcileOrder(
  container: MedusaContainer,
  orderId: string
): Promise<number> {
  try {
    const { result } = await createSubscriptionsFromOrderWorkflow(
      container
    ).run({ input: { order_id: orderId } })
    return result.created.length
  } catch (error) {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(
        `Subscriptions of order ${orderId} could not be made: ${(error as Error).message}`
      )
    return 0
  }
}
