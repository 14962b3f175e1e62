import { model } from "@medusajs/framework/utils"

/**
 * Who works on what, so that nobody else does: a customer's payment methods, an
 * event of a provider, a warning. A row that is `done_at` is never worked on
 * again; one that is not is free as soon as `claimed_until` is over.
 */
const PortalPaymentClaim = model.define("portal_payment_claim", {
  id: model.id({ prefix: "pclaim" }).primaryKey(),
  /** What it is about: `event:pp_stripe_stripe:evt_1`. Unique. */
  key: model.text(),
  /** Unique to one try. */
  claimed_by: model.text(),
  /** The database's time. */
  claimed_until: model.dateTime(),
  done_at: model.dateTime().nullable(),
})

export default PortalPaymentClaim
