import { model } from "@medusajs/framework/utils"

/**
 * An entry of a subscription's timeline, and the event that tells others of it.
 * What it says is never changed, and it is never deleted.
 */
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
  /** The event that goes out; null: none does. */
  event_name: model.text().nullable(),
  /** When it went. It is written with the entry and sent afterwards, so that a
   * crash in between delays it and loses nothing. */
  emitted_at: model.dateTime().nullable(),
  /** The customer is to be told of it by mail, and was not yet. */
  notice_pending: model.boolean().default(false),
})

export default PortalSubscriptionEvent
