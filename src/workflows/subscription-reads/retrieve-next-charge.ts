import type { MedusaContainer } from "@medusajs/framework/types"
import { chargeView } from "../../modules/subscription/domain/next-charge-view"
import type { NextChargeView } from "../../types/next-charge-http"
import { previewNextCharge } from "../renewals/preview-next-charge"
import { describePaymentMethod } from "./payment-method"
import { findSubscription, type SubscriptionKey } from "./reader"

/**
 * The next charge as the renewal would compute it now, null where nothing is
 * charged by itself.
 *
 * @throws `not_found`
 */
export async function retrieveNextCharge(
  container: MedusaContainer,
  key: SubscriptionKey
): Promise<NextChargeView<Date> | null> {
  const { row } = await findSubscription(container, key)
  const preview = row.next_charge_at
    ? await previewNextCharge(container, row.id)
    : null
  if (!preview) {
    return null
  }
  const payment_method = await describePaymentMethod(container, row)
  if ("problem" in preview) {
    const { cycle_id, date, problem } = preview
    const { currency_code } = row
    return { cycle_id, date, payment_method, problem, currency_code }
  }
  const { quote, ...period } = preview
  return { ...period, ...chargeView(quote), payment_method, problem: null }
}

/**
 * The exact amount of the next charge, as the provider will charge it; null where
 * it cannot be priced now.
 */
export async function nextAmount(
  container: MedusaContainer,
  subscriptionId: string
): Promise<number | null> {
  const preview = await previewNextCharge(container, subscriptionId)
  return preview && "quote" in preview ? preview.quote.amount : null
}

/**
 * The amount of a coming charge that pays so many periods, as if it were the next;
 * null where it cannot be priced now.
 */
export async function amountOfPeriods(
  container: MedusaContainer,
  subscription: { id: string },
  periods: number
): Promise<number | null> {
  const preview = await previewNextCharge(container, subscription.id, {
    prepaid_left: periods === 0 ? 1 : 0,
    // What comes once comes with the next order and not with a later one.
    one_offs: [],
    // The last of an agreed length may pay fewer than the others.
    ...(periods > 0 && { prepaid_cycles: periods, max_cycles: null }),
  })
  return preview && "quote" in preview ? preview.quote.amount : null
}
