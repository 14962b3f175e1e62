import { model } from "@medusajs/framework/utils"

/**
 * What the plugin knows of a cart line that it made. The truth about plan and
 * price stands here and not in the line's metadata, which a storefront may write.
 */
const PortalCartItem = model.define("portal_cart_item", {
  id: model.id({ prefix: "pcit" }).primaryKey(),
  cart_id: model.text(),
  /** The cart's line; changes when the line had to be made anew. */
  line_item_id: model.text().nullable(),
  setup_fee_line_item_id: model.text().nullable(),
  plan_id: model.text(),
  product_id: model.text(),
  variant_id: model.text(),
  quantity: model.number(),
  /**
   * The region that the line was priced in. Medusa deletes lines with a price of
   * their own when a cart's region changes: where the cart's region is another
   * one, a missing line comes back, else somebody has removed it.
   */
  region_id: model.text().nullable(),
  currency_code: model.text(),
  is_tax_inclusive: model.boolean(),
  list_unit_price: model.bigNumber(),
  /** What the line costs now: 0 in a trial. */
  first_unit_price: model.bigNumber(),
  /** What a later charge costs a unit. */
  recurring_unit_price: model.bigNumber(),
  setup_fee: model.bigNumber().nullable(),
  trial_days: model.number().default(0),
  /** Periods that the line pays at once; null: one. */
  prepaid_cycles: model.number().nullable(),
})

export default PortalCartItem
