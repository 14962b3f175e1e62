import { model } from "@medusajs/framework/utils"

/**
 * What a mail provider reported of a mail: delivered, bounced, complained. No
 * address, subject or content; `message_id` is `external_id` of Medusa's
 * notification, which leads to the receiver.
 */
const PortalMailDelivery = model.define("portal_mail_delivery", {
  id: model.id({ prefix: "pmd" }).primaryKey(),
  provider: model.text(),
  /** The provider's id of the report: each is written once. */
  event_id: model.text(),
  /** The provider's id of the mail. */
  message_id: model.text(),
  /** As the provider names it: `email.delivered`, `email.bounced`. */
  type: model.text(),
  occurred_at: model.dateTime(),
})

export default PortalMailDelivery
