import type {
  ComputeActionContext,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { BillingSubscription } from "../../../modules/subscription/domain/billing"
import type { QuoteItem, QuoteShippingMethod } from "../../../types/quote"

/** Medusa's actions; its types name them as text and its enum is another type. */
const ADD_TO_ITEM = "addItemAdjustment"
const ADD_TO_SHIPPING = "addShippingMethodAdjustment"

/** A subscription's order so far. */
export type PromotedOrder = {
  subscription: BillingSubscription
  items: QuoteItem[]
  shipping_methods: QuoteShippingMethod[]
}

/**
 * Puts the store's automatic promotions on the lines, as a cart would get them on
 * the day of the charge. Codes that a customer entered at checkout were for that
 * order. A store without automatic promotions pays one statement a batch for this.
 */
export async function addPromotions(
  container: MedusaContainer,
  orders: PromotedOrder[]
): Promise<void> {
  const promotions = container.resolve(Modules.PROMOTION)
  const automatic = await promotions.listPromotions(
    { is_automatic: true, status: ["active"] },
    { select: ["id", "code"] }
  )
  if (!automatic.length) {
    return
  }
  const idByCode = new Map(automatic.map(({ id, code }) => [code, id]))
  for (const order of orders) {
    const actions = await promotions.computeActions([], contextOf(order))
    for (const action of actions) {
      if (action.action === ADD_TO_ITEM) {
        order.items
          .find((item) => item.id === action.item_id)
          ?.adjustments.push({
            amount: Number(action.amount),
            code: action.code,
            promotion_id: idByCode.get(action.code),
            is_tax_inclusive: action.is_tax_inclusive ?? false,
          })
      } else if (action.action === ADD_TO_SHIPPING) {
        order.shipping_methods
          .find((method) => method.id === action.shipping_method_id)
          ?.adjustments.push({
            amount: Number(action.amount),
            code: action.code,
            promotion_id: idByCode.get(action.code),
          })
      }
    }
  }
}

function contextOf({
  subscription,
  items,
  shipping_methods,
}: PromotedOrder): ComputeActionContext {
  return {
    currency_code: subscription.currency_code,
    customer_id: subscription.customer_id,
    customer: { id: subscription.customer_id },
    email: subscription.email,
    region_id: subscription.region_id,
    region: { id: subscription.region_id },
    sales_channel_id: subscription.sales_channel_id,
    shipping_address: subscription.shipping_address,
    items: items.map((item) => ({
      id: item.id,
      quantity: item.quantity,
      subtotal: item.unit_price * item.quantity,
      original_total: item.unit_price * item.quantity,
      is_discountable: item.is_discountable,
      is_tax_inclusive: item.is_tax_inclusive,
      tax_lines: item.tax_lines,
      unit_price: item.unit_price,
      product: { id: item.product_id },
      product_id: item.product_id,
      variant_id: item.variant_id,
    })),
    shipping_methods: shipping_methods.map((method) => ({
      id: method.id,
      subtotal: method.amount,
      original_total: method.amount,
      shipping_option: { id: method.shipping_option_id },
    })),
  } as unknown as ComputeActionContext
}
