import { createStripeDouble, type Violation } from "./stripe-double"

/** A running double of Stripe's API. */
export type StripeDouble = Awaited<ReturnType<typeof createStripeDouble>>

/** @param accounts - more of Stripe's accounts, see the double's option */
export function startStripe(accounts: string[] = []): Promise<StripeDouble> {
  return createStripeDouble({ accounts })
}

/**
 * What Stripe would not have accepted. That an intent which has succeeded refuses
 * is no fault: it is what protects the customer.
 */
export function unexpectedViolations({
  violations,
}: StripeDouble): Violation[] {
  return violations.filter(
    ({ code }) => code !== "payment_intent_unexpected_state"
  )
}
