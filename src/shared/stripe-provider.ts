/**
 * Medusa's ids of payment providers: `pp_<service>_<id of the configuration>`, the
 * latter left out where the configuration has none. The names of Medusa's Stripe
 * services hold no underscore: `stripe`, `stripe-ideal`, …
 */
const STRIPE_PROVIDER = /^pp_stripe(?:-[a-z0-9-]+)?(?:_(.+))?$/

/**
 * Whether a payment provider is one of Medusa's Stripe providers.
 *
 * @example
 * isStripeProvider("pp_stripe_stripe") // true
 * isStripeProvider("pp_stripe2_x") // false: somebody else's
 */
export function isStripeProvider(
  providerId: string | null | undefined
): boolean {
  return stripeProviderName(providerId) !== null
}

/**
 * The id that a Stripe provider has in the store's configuration.
 *
 * @returns "" where it has none there; null where it is no Stripe provider
 * @example
 * stripeProviderName("pp_stripe_my_account") // "my_account"
 */
export function stripeProviderName(
  providerId: string | null | undefined
): string | null {
  const match = STRIPE_PROVIDER.exec(providerId ?? "")
  return match && (match[1] ?? "")
}
