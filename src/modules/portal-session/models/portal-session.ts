import { model } from "@medusajs/framework/utils"
import {
  SESSION_ORIGINS,
  SESSION_STATUSES,
} from "../../../types/portal-session"

/**
 * A link and the session that it becomes: one row, two credentials, of both only
 * the hash. Times are the database's, not the test clock's.
 */
const PortalSession = model.define("portal_session", {
  id: model.id({ prefix: "psess" }).primaryKey(),
  tenant_id: model.text(),
  /** Whose account it opens. */
  customer_id: model.text(),
  /** Set where somebody else acts in that account; the role counts then. */
  member_id: model.text().nullable(),
  created_via: model.enum([...SESSION_ORIGINS]),
  /** Id of the admin user or API key that made it. */
  created_by: model.text().nullable(),
  /** An admin that looks at the account. Kept out of the metrics. */
  impersonator_id: model.text().nullable(),
  status: model.enum([...SESSION_STATUSES]),
  link_hash: model.text().nullable(),
  link_expires_at: model.dateTime().nullable(),
  /** Until then an expired link can mail a fresh one. */
  recover_until: model.dateTime().nullable(),
  redeemed_at: model.dateTime().nullable(),
  session_hash: model.text().nullable(),
  /** Longest life after redeeming, in seconds. */
  session_seconds: model.number(),
  session_expires_at: model.dateTime().nullable(),
  idle_expires_at: model.dateTime().nullable(),
  last_seen_at: model.dateTime().nullable(),
  exchange_nonce_hash: model.text().nullable(),
  scopes: model.json(),
  flow_type: model.text().nullable(),
  flow_data: model.json().nullable(),
  after_completion: model.json().nullable(),
  return_url: model.text().nullable(),
  locale: model.text().nullable(),
  mfa_state: model.enum(["none", "pending", "verified"]).default("none"),
  /** When the customer last showed a password, a second factor or a mailbox. */
  stepped_up_at: model.dateTime().nullable(),
  ip: model.text().nullable(),
  user_agent: model.text().nullable(),
  device_label: model.text().nullable(),
  revoked_at: model.dateTime().nullable(),
  revoked_reason: model.text().nullable(),
  completed_at: model.dateTime().nullable(),
  /** The merchant's own note. */
  reference: model.text().nullable(),
})

export default PortalSession
