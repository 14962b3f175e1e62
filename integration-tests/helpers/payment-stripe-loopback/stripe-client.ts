import { createRequire } from "node:module"
import type StripeProviderService from "@medusajs/payment-stripe/dist/services/stripe-provider"

/** The client @medusajs/payment-stripe brings along. */
export type StripeClient = StripeProviderService["stripe_"]

type StripeConstructor = new (
  apiKey: string,
  config: {
    host: string
    port: string
    protocol: "http"
    maxNetworkRetries: number
    timeout: number
  }
) => StripeClient

const DEFAULT_TIMEOUT_MS = 5_000

// The client is a dependency of the provider, not of this package.
const Stripe = createRequire(require.resolve("@medusajs/payment-stripe"))(
  "stripe"
) as StripeConstructor

/** The provider's own Stripe client, talking to the server at `url`. */
export function createStripeClient(
  url: string,
  {
    apiKey = "sk_test_double",
    timeout = DEFAULT_TIMEOUT_MS,
  }: { apiKey?: string; timeout?: number } = {}
): StripeClient {
  const { hostname, port } = new URL(url)
  return new Stripe(apiKey, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    timeout,
  })
}
