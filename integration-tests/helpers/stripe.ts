import { createStripeDouble } from "./stripe-double"

/** A running double of Stripe's API. */
export type StripeDouble = Awaited<ReturnType<typeof createStripeDouble>>

export function startStripe(): Promise<StripeDouble> {
  return createStripeDouble()
}
