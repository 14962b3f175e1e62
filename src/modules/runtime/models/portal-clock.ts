import { model } from "@medusajs/framework/utils"

/** The test clock: one row, id `clock`. Without it the system's time holds. */
const PortalClock = model.define("portal_clock", {
  id: model.id().primaryKey(),
  now: model.dateTime(),
})

export default PortalClock
