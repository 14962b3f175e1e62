import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import {
  priceKey,
  type PaidLine,
  type PaidPeriod,
} from "../../modules/subscription/domain/change/terms"
import type { CycleQuote, QuoteItem } from "../../types/quote"
import { CREDIT_CODES } from "../renewals/quote/add-credit"
import { subscriptionsOf } from "../subscription-reads/reader"

/**
 * What is paid for at this moment, and until when: by the last change, by the last
 * renewal, or by the checkout. Null where nothing is: in a trial, or in a period
 * that was left out.
 *
 * @throws `subscription_transition_not_allowed` (`paid_ahead`) where the next period
 * is paid as well
 */
export async function paidNow(
  container: MedusaContainer,
  subscription: BillingSubscription,
  at: Date
): Promise<PaidPeriod | null> {
  if (subscription.status === "trialing") {
    return null
  }
  const cycles = await subscriptionsOf(container).listPaidPeriods({
    subscription_id: subscription.id,
    now: at,
  })
  if (cycles.some(({ period_start }) => period_start > at)) {
    throw portalError("subscription_transition_not_allowed", {
      message: "The next period is paid already: change it at its end.",
      details: { reason: "paid_ahead" },
    })
  }
  const known = subscription.paid_period
  if (known && new Date(known.start) <= at && at < new Date(known.end)) {
    return known
  }
  const cycle = cycles.at(-1)
  if (!cycle) {
    return null
  }
  const lines = cycle.quote
    ? linesOf(cycle.quote)
    : await linesOfCheckout(container, subscription)
  return {
    start: cycle.period_start.toISOString(),
    end: cycle.period_end.toISOString(),
    lines,
    prices: pricesOf(subscription, lines),
  }
}

/** What the items of a priced period cost, their discounts taken off. */
export function linesOf({ items }: CycleQuote): PaidLine[] {
  return items.flatMap((item) =>
    item.subscription_item_id
      ? [
          {
            key: item.subscription_item_id,
            title: item.title,
            unit_price: unitPrice(
              item.unit_price,
              item.quantity,
              item.adjustments
            ),
            quantity: item.quantity,
          },
        ]
      : []
  )
}

/** What a unit of each item cost, by plan and variant. */
export function pricesOf(
  { plan_id, items }: Pick<BillingSubscription, "plan_id" | "items">,
  lines: PaidLine[]
): Record<string, number> {
  return Object.fromEntries(
    items.flatMap(({ id, variant_id }) => {
      const line = lines.find(({ key }) => key === id)
      return line ? [[priceKey(plan_id, variant_id), line.unit_price]] : []
    })
  )
}

/** The lines of the order that was bought; what it does not say, by agreement. */
async function linesOfCheckout(
  container: MedusaContainer,
  { items }: BillingSubscription
): Promise<PaidLine[]> {
  const ids = items.flatMap(({ origin_line_item_id: id }) => id ?? [])
  const bought = ids.length
    ? await container
        .resolve(Modules.ORDER)
        .listOrderLineItems(
          { id: ids },
          { relations: ["adjustments"], take: ids.length }
        )
    : []
  const byId = new Map(bought.map((line) => [line.id, line]))
  return items.map((item) => {
    const line = byId.get(item.origin_line_item_id ?? "")
    return {
      key: item.id,
      title: item.title,
      quantity: item.quantity,
      unit_price: line
        ? unitPrice(
            Number(line.unit_price),
            item.quantity,
            (line.adjustments ?? []).map(({ amount, code }) => ({
              amount: Number(amount),
              code: code ?? "",
            }))
          )
        : item.unit_price,
    }
  })
}

/** The finest that a proration counts in. */
const FINEST = 1e8

function unitPrice(
  price: number,
  quantity: number,
  adjustments: Pick<QuoteItem["adjustments"][number], "amount" | "code">[]
): number {
  // A credit was the customer's own money.
  const off = adjustments
    .filter(({ code }) => !CREDIT_CODES.includes(code))
    .reduce((sum, { amount }) => sum + amount, 0)
  return off
    ? Math.max(0, Math.round((price - off / quantity) * FINEST) / FINEST)
    : price
}
