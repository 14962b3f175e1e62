import StripeProviderService from "@medusajs/payment-stripe/dist/services/stripe-provider"
import { createStripeClient } from "./stripe-client"

/** Options of the real provider, and where the double is. */
export interface LoopbackOptions {
  apiKey: string
  webhookSecret: string
  capture?: boolean
  automaticPaymentMethods?: boolean
  paymentMethodConfiguration?: string
  paymentDescription?: string
  oxxoExpiresDays?: number
  /** Default: the environment variable `STRIPE_DOUBLE_URL`. */
  url?: string
  /** Milliseconds until a request counts as lost. Default 5 000. */
  timeout?: number
}

/**
 * The real Stripe provider with its real client, talking to the Stripe double
 * instead of api.stripe.com. For tests and the demo only.
 */
export class StripeLoopbackService extends StripeProviderService {
  constructor(cradle: Record<string, unknown>, options: LoopbackOptions) {
    super(cradle, options)
    this.stripe_ = createStripeClient(doubleUrl(options), options)
  }
}

function doubleUrl({ url }: LoopbackOptions): string {
  const address = url ?? process.env.STRIPE_DOUBLE_URL
  if (!address) {
    throw new Error(
      "The Stripe loopback provider needs the option `url` or STRIPE_DOUBLE_URL"
    )
  }
  return address
}
