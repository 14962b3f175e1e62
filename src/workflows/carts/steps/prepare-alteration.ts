import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { listCartItemRows } from "../cart-item-row"
import { alterationOf, lineOf, requireQuantity, rowOf } from "../item-change"
import { loadOpenCart } from "../load-cart"
import { loadPlans, requireOffered } from "../offered-plan"
import { priceItem } from "../price-items"
import { requireRowOfLine } from "../require-row"

export type UpdateSubscriptionItemInput = {
  cart_id: string
  line_id: string
  plan_id?: string
  quantity?: number
  /** Of the storefront; the plugin's own keys stay the plugin's. */
  metadata?: Record<string, unknown> | null
}

/** Looks, checks and prices; writes nothing. */
export const prepareAlterationStep = createStep(
  "prepare-alteration",
  async (input: UpdateSubscriptionItemInput, { container }) => {
    const cart = await loadOpenCart(container, input.cart_id)
    const rows = await listCartItemRows(container, cart.id)
    const before = requireRowOfLine(rows, input.line_id)
    const line = lineOf(cart, before)
    if (!line) {
      throw portalError("not_found")
    }
    const planId = input.plan_id ?? before.plan_id
    const plans = await loadPlans(container, [planId])
    const known = plans.get(planId)
    // A plan that was archived meanwhile keeps its price in the cart until the
    // purchase is refused; only a change to another plan has to be offered.
    const plan =
      known && planId === before.plan_id ? known : requireOffered(known, before)
    if (
      rows.some(
        (row) =>
          row.id !== before.id &&
          row.plan_id === plan.id &&
          row.variant_id === before.variant_id
      )
    ) {
      throw portalError("already_exists", {
        message: "The cart has a line of this variant and plan already.",
      })
    }
    const quantity = requireQuantity(input.quantity ?? line.quantity)
    const { variant_id } = before
    const prices = await priceItem(container, cart, {
      variant_id,
      quantity,
      plan,
    })
    const row = rowOf(cart, { ...before, quantity }, plan, prices)
    return new StepResponse(
      alterationOf(
        { cart, row, plan },
        { row: before, line },
        input.metadata ?? {}
      )
    )
  }
)
