/** How often one mail is tried anew, after the tries of the provider itself. */
const MAX_ATTEMPTS = 5

const ATTEMPT = /:try-\d+$/

/**
 * The idempotency keys of a mail's attempts, in their order. Each attempt is a
 * notification of its own, because Medusa sends a failed one again on each call
 * and never marks it as sent; the unique key lets one caller make an attempt.
 *
 * @example
 * attemptKeys("card-expiring:pm_1:30")[1] // "card-expiring:pm_1:30:try-2"
 */
export function attemptKeys(key: string): string[] {
  return Array.from({ length: MAX_ATTEMPTS }, (_, index) =>
    index === 0 ? key : `${key}:try-${index + 1}`
  )
}

/** What all attempts of a mail have in common. */
export function occasionOf(key: string): string {
  return key.replace(ATTEMPT, "")
}
