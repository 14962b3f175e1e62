import { model } from "@medusajs/framework/utils"

/**
 * An account holder that has a default payment method, for those who look for
 * cards that expire. Which method it is stands with the account holder.
 */
const PortalDefaultHolder = model.define("portal_default_holder", {
  id: model.id({ prefix: "pdefh" }).primaryKey(),
  /** Unique. */
  account_holder_id: model.text(),
  customer_id: model.text(),
  provider_id: model.text(),
  /** Where the customer chose it. */
  tenant_id: model.text(),
})

export default PortalDefaultHolder
