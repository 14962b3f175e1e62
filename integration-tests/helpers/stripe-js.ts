/** An intent as Stripe.js answers it; the fields that tests look at. */
export type StripeIntent = {
  id: string
  status: string
  payment_method: string | null
  next_action: { type: string } | null
}

export type StripeJsResult = {
  status: number
  intent?: StripeIntent
  error?: { type: string; code?: string; decline_code?: string }
}

/**
 * What a storefront does with Stripe.js: confirms an intent with the customer's
 * card, using nothing but the client secret and the publishable key.
 *
 * @param stripeUrl address of the double
 * @param clientSecret from the payment session's data; `pi_…` or `seti_…`
 * @param card a test card such as `pm_card_visa` or a payment method's id
 */
export async function confirmWithCard(
  stripeUrl: string,
  clientSecret: string,
  card = "pm_card_visa",
  more: Record<string, string> = {},
  publishableKey = "pk_test_double"
): Promise<StripeJsResult> {
  const id = clientSecret.split("_secret")[0] ?? ""
  const resource = id.startsWith("seti_") ? "setup_intents" : "payment_intents"
  const response = await fetch(
    new URL(`/v1/${resource}/${id}/confirm`, stripeUrl),
    {
      method: "POST",
      headers: { authorization: `Bearer ${publishableKey}` },
      body: new URLSearchParams({
        client_secret: clientSecret,
        payment_method: card,
        return_url: "http://localhost:8000/return",
        ...more,
      }),
    }
  )
  const body = (await response.json()) as StripeIntent & StripeJsResult
  return response.ok
    ? { status: response.status, intent: body }
    : { status: response.status, error: body.error }
}
