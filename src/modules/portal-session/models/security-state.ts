import { model } from "@medusajs/framework/utils"

/** From when on a customer's tokens count, and what mailbox is proven. */
const PortalSecurityState = model.define("portal_security_state", {
  id: model.id({ prefix: "psec" }).primaryKey(),
  customer_id: model.text(),
  /** JWTs and cookies issued before are refused. Whole seconds, as `iat`. */
  tokens_valid_after: model.dateTime().nullable(),
  /** Portal links and sessions made before are refused. */
  sessions_valid_after: model.dateTime().nullable(),
  verified_email: model.text().nullable(),
  email_verified_at: model.dateTime().nullable(),
  locked_until: model.dateTime().nullable(),
})

export default PortalSecurityState
