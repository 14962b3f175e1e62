import { model } from "@medusajs/framework/utils"
import { MEMBER_ROLES } from "../../../types/portal-session"

/** Somebody who may act in another customer's account. */
const PortalMember = model.define("portal_member", {
  id: model.id({ prefix: "pmem" }).primaryKey(),
  tenant_id: model.text(),
  account_customer_id: model.text(),
  /** The invited address, in lower case. */
  email: model.text(),
  /** Who accepted. */
  member_customer_id: model.text().nullable(),
  role: model.enum([...MEMBER_ROLES]),
  status: model.enum(["invited", "active", "removed"]),
  invited_by: model.text().nullable(),
  invite_hash: model.text().nullable(),
  invite_expires_at: model.dateTime().nullable(),
  joined_at: model.dateTime().nullable(),
})

export default PortalMember
