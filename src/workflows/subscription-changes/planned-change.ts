import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { SubscriptionChange } from "../../modules/subscription/domain/actions/subscription-change"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import { applyCreditBalance } from "../../modules/subscription/domain/proration-credit"
import { currencyDecimals } from "../../shared/money"
import type { CycleQuote } from "../../types/quote"
import type { ChangePreview } from "../../types/subscription-change-http"
import type { SubscriptionAction } from "../../types/available-actions"
import { quoteCycles, type QuoteResult } from "../renewals/quote/quote-cycles"

/** A change with all its figures, computed and not yet decided. */
export type PlannedChange = {
  /** What has to be allowed for it. */
  actions: SubscriptionAction[]
  /** Of what it was computed; see `versionOf`. */
  version: string
  /** What is written: at once, or when the charge is paid. */
  write: SubscriptionChange
  /** What is charged now; null: nothing. */
  charge: {
    quote: CycleQuote
    period_start: Date
    period_end: Date
    provider_id: string | null
  } | null
  preview: ChangePreview<Date>
}

/** What a change does to the money, before it is priced as an order. */
export type Effect = {
  write: SubscriptionChange
  charge: PlannedChange["charge"]
  /** The subscription afterwards, its credit balance as it is then. */
  after: BillingSubscription
  effective_at: Date
  next_date: Date | null
  credit: number
  amount: number
  lines: ChangePreview["lines"]
}

/** What stays as it is where a change costs nothing now. */
export const NOTHING_DUE = {
  charge: null,
  credit: 0,
  amount: 0,
  lines: [],
} satisfies Partial<Effect>

/** The credit balance after a change gives and takes. */
export function balanceAfter(
  { credit_balance, currency_code }: BillingSubscription,
  added: number
): number {
  return applyCreditBalance({
    balance: credit_balance,
    amount: -added,
    currency_decimals: currencyDecimals(currency_code),
  }).balance
}

/**
 * Prices a whole period of a subscription as its renewal would.
 *
 * @throws `plan_not_offered`, `address_not_deliverable`
 */
export async function quotePeriod(
  container: MedusaContainer,
  subscription: BillingSubscription
): Promise<Extract<QuoteResult, { quote: CycleQuote }>> {
  const { id } = subscription
  const result = (
    await quoteCycles(container, [{ key: id, subscription }])
  ).get(id)
  if (!result || "problem" in result) {
    throw portalError(
      result?.problem === "shipping_unavailable"
        ? "address_not_deliverable"
        : "plan_not_offered"
    )
  }
  return result
}

/** The figures of a change, the next charge priced under the new terms. */
export async function previewOf(
  container: MedusaContainer,
  before: BillingSubscription,
  effect: Effect,
  { when, at }: Pick<ChangePreview<Date>, "when" | "at">
): Promise<ChangePreview<Date>> {
  const { after, charge, lines, credit, amount } = effect
  const next = await quotePeriod(container, after)
  const totals = charge?.quote.totals
  return {
    when,
    at,
    effective_at: effect.effective_at,
    currency_code: before.currency_code,
    credit,
    charge: amount,
    shipping: totals?.shipping_total ?? 0,
    tax: totals?.tax_total ?? 0,
    due_now: charge?.quote.amount ?? 0,
    credit_used: charge?.quote.credit_applied ?? 0,
    credit_balance: after.credit_balance,
    next_date: effect.next_date,
    next_amount: effect.next_date && next.quote.amount,
    lines,
  }
}
