import type { PortalTestApp } from "../../helpers"
import type { Violation } from "../../helpers/stripe-double"

/**
 * What Stripe would not have accepted. That an intent which has succeeded refuses
 * is no fault: it is what protects the customer.
 */
export function unexpectedViolations(app: PortalTestApp): Violation[] {
  return app
    .stripe()
    .violations.filter(({ code }) => code !== "payment_intent_unexpected_state")
}
