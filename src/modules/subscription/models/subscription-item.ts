import { model } from "@medusajs/framework/utils"
import PortalSubscription from "./subscription"

/** A variant that every renewal delivers. */
const PortalSubscriptionItem = model.define("portal_subscription_item", {
  id: model.id({ prefix: "subi" }).primaryKey(),
  product_id: model.text(),
  variant_id: model.text(),
  title: model.text(),
  quantity: model.number(),
  /** Price of later charges as agreed at purchase, the plan's discount taken off. */
  unit_price: model.bigNumber(),
  /** The list price that the discount was taken off. */
  list_unit_price: model.bigNumber(),
  is_tax_inclusive: model.boolean(),
  /** The order line that it came from, one item each; null: a change added it, or staff. */
  origin_line_item_id: model.text().nullable(),
  /** Percent of tax at the purchase, all rates together; for figures until a
   * renewal says more. */
  tax_rate: model.float().nullable(),
  metadata: model.json().nullable(),
  subscription: model.belongsTo(() => PortalSubscription, {
    mappedBy: "items",
  }),
})

export default PortalSubscriptionItem
