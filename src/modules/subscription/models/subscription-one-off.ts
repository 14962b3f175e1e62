import { model } from "@medusajs/framework/utils"

/**
 * A variant that comes once, with a coming order of a subscription. `cycle_id` is
 * the period that took it, set with that period's price.
 */
const PortalSubscriptionOneOff = model.define("portal_subscription_one_off", {
  id: model.id({ prefix: "sone" }).primaryKey(),
  subscription_id: model.text(),
  cycle_id: model.text().nullable(),
  product_id: model.text(),
  variant_id: model.text(),
  title: model.text(),
  quantity: model.number(),
})

export default PortalSubscriptionOneOff
