import {
  currencyDecimals,
  fromSmallestUnits,
  toSmallestUnits,
} from "../../../shared/money"
import { isStripeProvider } from "../../../shared/stripe-provider"

/** Currencies whose smallest unit at Stripe is not a hundredth. */
const STRIPE_DECIMALS: ReadonlyMap<string, number> = new Map([
  ..."bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf"
    .split(" ")
    .map((code) => [code, 0] as const),
  ..."bhd iqd jod kwd omr tnd".split(" ").map((code) => [code, 3] as const),
])

/**
 * What a provider really charges for a total: the total rounded to the smallest
 * unit in which the provider counts. Stripe's units differ from those of ISO 4217
 * for some currencies, and in those of three decimals its last digit is always 0,
 * which Medusa's provider reaches by rounding up. Previews and charges both take
 * their total from here, so that they are the same to the smallest unit.
 *
 * @see https://docs.stripe.com/currencies
 * @throws CodedError `amount_invalid`, `currency_invalid`
 *
 * @example
 * chargeableAmount({ total: 1.2345, currency_code: "kwd", provider_id: "pp_stripe_stripe" }) // 1.24
 */
export function chargeableAmount(input: {
  total: number | string
  currency_code: string
  provider_id: string | null
}): number {
  const code = input.currency_code.toLowerCase()
  if (!isStripeProvider(input.provider_id)) {
    const decimals = currencyDecimals(code)
    return fromSmallestUnits(toSmallestUnits(input.total, decimals), decimals)
  }
  const decimals = STRIPE_DECIMALS.get(code) ?? 2
  const units = toSmallestUnits(input.total, decimals)
  return fromSmallestUnits(
    decimals === 3 ? Math.ceil(units / 10) * 10 : units,
    decimals
  )
}
