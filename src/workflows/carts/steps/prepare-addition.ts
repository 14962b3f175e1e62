import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  generateEntityId,
  ProductStatus,
} from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { listCartItemRows, type CartItemRow } from "../cart-item-row"
import {
  additionOf,
  alterationOf,
  lineOf,
  requireQuantity,
  rowOf,
  type ItemChange,
} from "../item-change"
import { loadOpenCart } from "../load-cart"
import { loadPlans, requireOffered, type OfferedThing } from "../offered-plan"
import { priceItem } from "../price-items"

export type AddSubscriptionItemInput = {
  cart_id: string
  variant_id: string
  quantity: number
  plan_id: string
}

/** After so long a row without a line is a dead process's, not a slow one's. */
const IN_FLIGHT_MS = 60_000

/** Looks, checks and prices; writes nothing. */
export const prepareAdditionStep = createStep(
  "prepare-addition",
  async (input: AddSubscriptionItemInput, { container }) => {
    const cart = await loadOpenCart(container, input.cart_id)
    const variant = await loadVariant(container, input.variant_id)
    const plans = await loadPlans(container, [input.plan_id])
    const plan = requireOffered(plans.get(input.plan_id), variant)
    const rows = await listCartItemRows(container, cart.id)
    const before = rows.find(
      (row) => row.plan_id === plan.id && row.variant_id === variant.variant_id
    )
    const line = before && lineOf(cart, before)
    if (before && !line) {
      requireStale(before)
    }
    const quantity = requireQuantity((line?.quantity ?? 0) + input.quantity)
    const prices = await priceItem(container, cart, {
      variant_id: variant.variant_id,
      quantity,
      plan,
    })
    const base = { ...NO_LINES, ...variant, quantity }
    const change: ItemChange =
      before && line
        ? alterationOf(
            {
              cart,
              row: rowOf(cart, { ...before, quantity }, plan, prices),
              plan,
            },
            { row: before, line }
          )
        : additionOf(
            {
              cart,
              row: rowOf(cart, { ...base, id: newRowId() }, plan, prices),
              plan,
            },
            before ? [before] : []
          )
    return new StepResponse(change)
  }
)

const NO_LINES = { line_item_id: null, setup_fee_line_item_id: null }

/** A fresh id: nobody can have written it into another line's metadata. */
function newRowId(): string {
  return generateEntityId(undefined, "pcit")
}

function requireStale(row: CartItemRow): void {
  if (row.line_item_id === null && Date.now() - row.created_at < IN_FLIGHT_MS) {
    throw portalError("cart_busy")
  }
}

type MedusaVariant = { id: string; product?: { id: string; status: string } }

/**
 * @throws `not_found`: no such variant, or its product is not published
 */
async function loadVariant(
  container: MedusaContainer,
  variantId: string
): Promise<OfferedThing> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "variant",
    fields: ["id", "product.id", "product.status"],
    filters: { id: [variantId] },
  })
  const variant = data[0] as MedusaVariant | undefined
  if (
    !variant?.product ||
    variant.product.status !== String(ProductStatus.PUBLISHED)
  ) {
    throw portalError("not_found", { message: "There is no such variant." })
  }
  return { variant_id: variant.id, product_id: variant.product.id }
}
