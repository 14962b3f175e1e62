import { defineLink } from "@medusajs/framework/utils"
import OrderModule from "@medusajs/medusa/order"
import SubscriptionModule from "../modules/subscription"

/**
 * Orders of a subscription: the purchase, and one for each renewal. A purchase
 * with several plans makes several subscriptions, so both sides are lists.
 */
export default defineLink(
  {
    linkable: SubscriptionModule.linkable.portalSubscription,
    isList: true,
  },
  { linkable: OrderModule.linkable.order, isList: true }
)
