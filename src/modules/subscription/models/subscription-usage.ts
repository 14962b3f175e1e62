import { model } from "@medusajs/framework/utils"

/**
 * Use that a plan charges for. Unique by (subscription, idempotency key);
 * `cycle_id` is the period that charges it.
 */
const PortalSubscriptionUsage = model.define("portal_subscription_usage", {
  id: model.id({ prefix: "susg" }).primaryKey(),
  subscription_id: model.text(),
  cycle_id: model.text().nullable(),
  meter: model.text(),
  quantity: model.number(),
  idempotency_key: model.text(),
  occurred_at: model.dateTime(),
})

export default PortalSubscriptionUsage
