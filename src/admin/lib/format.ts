import { formatCurrency } from "@medusajs/dashboard/lib"
import type { PaymentMethodSummary } from "../../types/subscription-http"
import type { PricedCharge } from "../../types/next-charge-http"

const BRANDS: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
}

export const money = (amount: number, currencyCode: string): string =>
  formatCurrency(amount, currencyCode)

/** "Visa •••• 4242", or null where the provider does not know the card. */
export function cardName(method: PaymentMethodSummary | null): string | null {
  const card = method?.card
  if (!card?.last4) {
    return null
  }
  const brand = card.brand ?? ""
  return `${BRANDS[brand] ?? brand} •••• ${card.last4}`.trim()
}

/** "08/2040" */
export function cardExpiry(method: PaymentMethodSummary | null): string | null {
  const { exp_month: month, exp_year: year } = method?.card ?? {}
  return month && year ? `${String(month).padStart(2, "0")}/${year}` : null
}

/** A card is good until the end of its month. */
export function expiresBefore(
  method: PaymentMethodSummary | null,
  date: string | undefined
): boolean {
  const { exp_month: month, exp_year: year } = method?.card ?? {}
  if (!month || !year || !date) {
    return false
  }
  return Date.UTC(year, month, 1) <= new Date(date).getTime()
}

/** The sums of a charge in the way in which its lines name their prices. */
export function chargeSums(charge: PricedCharge) {
  const lines = [...charge.items, ...charge.shipping_methods]
  const discounts = new Map<string, number>()
  for (const { code, amount } of lines.flatMap((line) => line.discounts)) {
    discounts.set(code, (discounts.get(code) ?? 0) + amount)
  }
  return {
    discounts: [...discounts].map(([code, amount]) => ({ code, amount })),
    isTaxIncluded: lines.every((line) => line.is_tax_inclusive),
  }
}

/** What a shopper's handle may look like: "Coffee, monthly" → "coffee-monthly". */
export const toHandle = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
