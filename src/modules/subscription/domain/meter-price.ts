import { currencyDecimals, sumOfProducts } from "../../../shared/money"
import type { Meter } from "../../../types/meters"

type Part = { amount: number; times: number }

/**
 * What a quantity costs on a meter, rounded once to the currency's smallest unit.
 *
 * @param quantity - whole units, before what is included is taken off
 * @returns major units; null where the meter has no price in the currency
 * @throws CodedError `amount_invalid` beyond 2^53 smallest units
 *
 * @example
 * meterAmount({ unit_price: { usd: 0.0004 }, ...meter }, 12_345, "usd") // 4.94
 */
export function meterAmount(
  meter: Meter,
  quantity: number,
  currency: string
): number | null {
  const billed = Math.max(0, quantity - (meter.included ?? 0))
  const parts = meter.tiers
    ? tierParts(meter, billed, currency)
    : unitParts(meter, billed, currency)
  return parts && sumOfProducts(parts, currencyDecimals(currency))
}

function unitParts(
  { unit_price }: Meter,
  quantity: number,
  currency: string
): Part[] | null {
  const amount = unit_price?.[currency]
  return amount === undefined ? null : [{ amount, times: quantity }]
}

/**
 * The prices that a quantity is made of: of a graduated price one a tier that it
 * reaches, of a volume price the one of the tier that it ends in.
 */
function tierParts(
  { tiers, tiers_mode }: Meter,
  quantity: number,
  currency: string
): Part[] | null {
  const parts: Part[] = []
  let below = 0
  for (const { up_to, unit_amount, flat_amount } of tiers ?? []) {
    const amount = unit_amount[currency]
    if (amount === undefined) {
      return null
    }
    const end = Math.min(quantity, up_to ?? Infinity)
    const isLast = quantity <= (up_to ?? Infinity)
    const times = tiers_mode === "volume" ? quantity : end - below
    if (times > 0 && (isLast || tiers_mode === "graduated")) {
      parts.push({ amount, times })
      parts.push({ amount: flat_amount?.[currency] ?? 0, times: 1 })
    }
    if (isLast) {
      break
    }
    below = end
  }
  return parts
}
