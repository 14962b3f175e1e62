/** What the id of a payment provider says. */

/** Medusa's own provider that takes no money and saves no card. */
export const SYSTEM_PROVIDER = "pp_system_default"

/**
 * Whether a provider is one of those that can charge while the customer is away.
 *
 * @param patterns - option `offSessionProviders`: ids, or beginnings with `*`
 * @example
 * matchesProvider(["pp_stripe_*"], "pp_stripe_stripe") // true
 * matchesProvider(["pp_stripe_*"], "pp_stripe-ideal_stripe") // false
 */
export function matchesProvider(
  patterns: readonly string[],
  providerId: string
): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith("*")
      ? providerId.startsWith(pattern.slice(0, -1))
      : providerId === pattern
  )
}
