import { model } from "@medusajs/framework/utils"
import { ATTEMPT_STATUSES } from "../../../types/subscription"

/** One try to charge a cycle, committed before the provider is called. */
const PortalChargeAttempt = model.define("portal_charge_attempt", {
  id: model.id({ prefix: "satt" }).primaryKey(),
  cycle_id: model.text(),
  attempt: model.number(),
  status: model.enum([...ATTEMPT_STATUSES]),
  /** Somebody asked for it: it uses up none of the planned tries. */
  on_demand: model.boolean().default(false),
  idempotency_key: model.text(),
  provider_id: model.text(),
  payment_method_id: model.text().nullable(),
  amount: model.bigNumber(),
  currency_code: model.text(),
  failure_code: model.text().nullable(),
  failure_message: model.text().nullable(),
  started_at: model.dateTime(),
  finished_at: model.dateTime().nullable(),
})

export default PortalChargeAttempt
