import { model } from "@medusajs/framework/utils"

/** An entry of a subscription's timeline. Never changed, never deleted. */
const PortalSubscriptionEvent = model.define("portal_subscription_event", {
  id: model.id({ prefix: "sevt" }).primaryKey(),
  subscription_id: model.text(),
  cycle_id: model.text().nullable(),
  type: model.text(),
  actor_type: model.enum(["system", "customer", "admin"]),
  actor_id: model.text().nullable(),
  data: model.json().nullable(),
  /** Makes recording the same fact twice one entry. */
  dedupe_key: model.text().nullable(),
  occurred_at: model.dateTime(),
})

export default PortalSubscriptionEvent
