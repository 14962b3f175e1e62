import { model } from "@medusajs/framework/utils"

/** What happened, for the audit and the metrics. Rows are only added. */
const PortalEvent = model.define("portal_event", {
  id: model.id({ prefix: "pevt" }).primaryKey(),
  tenant_id: model.text(),
  customer_id: model.text().nullable(),
  session_id: model.text().nullable(),
  type: model.text(),
  /** With `task_started` and `task_completed`: which task. */
  task: model.text().nullable(),
  /** Id of an admin user or API key, where the customer did not do it. */
  actor_id: model.text().nullable(),
  ip: model.text().nullable(),
  data: model.json().nullable(),
})

export default PortalEvent
