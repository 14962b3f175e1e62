import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { CartItemRow } from "./cart-item-row"
import { loadOpenCart, type SubscriptionCart } from "./load-cart"
import { loadPlans } from "./offered-plan"
import { priceItems } from "./price-items"

/**
 * Refuses a change of the region in which a subscription line of the cart could
 * not be sold: Medusa would delete the line and the customer would not notice.
 * A region that does not exist is left to core, which refuses it.
 *
 * @returns the cart as it is before the change; null where the region stays
 * @throws `currency_mismatch`, `cart_completed`, `not_found`
 */
export async function checkRegionChange(
  container: MedusaContainer,
  input: { cart_id: string; region_id: string; rows: CartItemRow[] }
): Promise<SubscriptionCart | null> {
  const cart = await loadOpenCart(container, input.cart_id)
  const region =
    input.region_id === cart.region_id
      ? undefined
      : await loadRegion(container, input.region_id)
  if (!region) {
    return null
  }
  const plans = await loadPlans(
    container,
    input.rows.map((row) => row.plan_id)
  )
  const items = input.rows.flatMap(({ variant_id, quantity, plan_id }) => {
    const plan = plans.get(plan_id)
    return plan ? [{ variant_id, quantity, plan }] : []
  })
  const moved = movedTo(cart, region)
  const prices = await priceItems(container, moved, items)
  const unsold = prices.flatMap((priced, index) =>
    priced.ok ? [] : [items[index]?.variant_id]
  )
  if (unsold.length) {
    throw portalError("currency_mismatch", {
      message: `A subscription in the cart has no price in "${region.currency_code}".`,
      details: { currency_code: region.currency_code, variant_ids: unsold },
    })
  }
  return cart
}

type Region = { id: string; currency_code: string }

function movedTo(cart: SubscriptionCart, region: Region): SubscriptionCart {
  const { currency_code } = region
  return {
    ...cart,
    region_id: region.id,
    currency_code,
    context: { ...cart.context, region, region_id: region.id, currency_code },
  }
}

async function loadRegion(
  container: MedusaContainer,
  id: string
): Promise<Region | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["*"],
    filters: { id: [id] },
  })
  return data[0] as Region | undefined
}
