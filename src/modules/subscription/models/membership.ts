import { model } from "@medusajs/framework/utils"

/** Where a membership stands. `joining` and `leaving` are still to be done. */
export const MEMBERSHIP_STATUSES = ["joining", "joined", "leaving"] as const

/**
 * That we put a customer into a customer group, or will. What is not here was
 * the merchant's own doing and is left alone.
 */
const PortalMembership = model.define("portal_membership", {
  id: model.id({ prefix: "pmem" }).primaryKey(),
  customer_id: model.text(),
  group_id: model.text(),
  /** Id of the row that puts him into the group: chosen before it is written, so
   * that doing it twice is doing it once, and only our own row is ever removed. */
  link_id: model.text(),
  /** The oldest subscription that grants it. */
  subscription_id: model.text(),
  status: model.enum([...MEMBERSHIP_STATUSES]),
  /** The plugin's time. */
  granted_at: model.dateTime(),
  claimed_by: model.text().nullable(),
  claimed_until: model.dateTime().nullable(),
})

export default PortalMembership
