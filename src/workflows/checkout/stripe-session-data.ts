/**
 * What a storefront may say of a payment session for a subscription. All else
 * that the provider would hand on could charge at once (`confirm`,
 * `off_session`), name another payer (`customer`, `payment_method_data`) or take
 * the saving back for one kind of method (`payment_method_options`).
 */
const ALLOWED_KEYS = [
  "automatic_payment_methods",
  "payment_description",
  "payment_method_types",
] as const

/**
 * The data of a Stripe payment session that saves the card for renewals, whatever
 * the storefront sent.
 *
 * @example
 * stripeSessionData({ confirm: true }) // { setup_future_usage: "off_session" }
 */
export function stripeSessionData(
  sent: Record<string, unknown> | undefined
): Record<string, unknown> {
  const kept = ALLOWED_KEYS.flatMap((key) =>
    sent?.[key] === undefined ? [] : [[key, sent[key]] as const]
  )
  return { ...Object.fromEntries(kept), setup_future_usage: "off_session" }
}
