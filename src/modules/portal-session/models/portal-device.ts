import { model } from "@medusajs/framework/utils"

/** A sign-in of Medusa's own that was seen: a token or a cookie, hashed. */
const PortalDevice = model.define("portal_device", {
  id: model.id({ prefix: "pdev" }).primaryKey(),
  customer_id: model.text(),
  kind: model.enum(["jwt", "cookie"]),
  token_hash: model.text(),
  ip: model.text().nullable(),
  user_agent: model.text().nullable(),
  device_label: model.text().nullable(),
  last_seen_at: model.dateTime(),
  expires_at: model.dateTime(),
  revoked_at: model.dateTime().nullable(),
})

export default PortalDevice
