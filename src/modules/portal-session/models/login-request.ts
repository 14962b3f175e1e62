import { model } from "@medusajs/framework/utils"

/**
 * Somebody asked for a sign-in mail. It exists for unknown addresses as well, so
 * that nothing can be learnt from it.
 */
const PortalLoginRequest = model.define("portal_login_request", {
  id: model.id({ prefix: "plreq" }).primaryKey(),
  tenant_id: model.text(),
  /** As typed; emptied as soon as the mail was sent or not. */
  email: model.text().nullable(),
  /** HMAC of the address, for counting. */
  email_hash: model.text(),
  customer_id: model.text().nullable(),
  /** The link of the mail: code and link open the same session, once. */
  session_id: model.text().nullable(),
  /** scrypt: the code has 40 bits. */
  code_hash: model.text().nullable(),
  attempts: model.number().default(0),
  expires_at: model.dateTime(),
  processed_at: model.dateTime().nullable(),
  consumed_at: model.dateTime().nullable(),
  suppressed_reason: model.text().nullable(),
  ip: model.text().nullable(),
  return_url: model.text().nullable(),
  locale: model.text().nullable(),
})

export default PortalLoginRequest
