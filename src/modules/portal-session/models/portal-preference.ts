import { model } from "@medusajs/framework/utils"

/** What mails a customer wants of a tenant. One row each; none: the defaults. */
const PortalPreference = model.define("portal_preference", {
  id: model.id({ prefix: "ppref" }).primaryKey(),
  tenant_id: model.text(),
  customer_id: model.text(),
  /** Language tag, such as `de-AT`. */
  locale: model.text().nullable(),
  /** By category, whether mails are wanted. What is missing has its default. */
  categories: model.json(),
})

export default PortalPreference
