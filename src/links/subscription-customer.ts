import { defineLink } from "@medusajs/framework/utils"
import CustomerModule from "@medusajs/medusa/customer"
import SubscriptionModule from "../modules/subscription"

/** Whose subscription it is: `customer_id` of the row, no table of its own. */
export default defineLink(
  {
    linkable: SubscriptionModule.linkable.portalSubscription,
    field: "customer_id",
  },
  { linkable: CustomerModule.linkable.customer },
  { readOnly: true }
)
