import { defineLink } from "@medusajs/framework/utils"
import OrderModule from "@medusajs/medusa/order"
import SubscriptionModule from "../modules/subscription"

/** The order of a billing cycle: `order_id` of the row, no table of its own. */
export default defineLink(
  {
    linkable: SubscriptionModule.linkable.portalSubscriptionCycle,
    field: "order_id",
  },
  { linkable: OrderModule.linkable.order },
  { readOnly: true }
)
