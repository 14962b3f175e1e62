import { generateEntityId } from "@medusajs/framework/utils"
import { decideCycle } from "../../modules/subscription/domain/decide-cycle"
import { isBlocked } from "../../modules/subscription/domain/dunning"
import type { PricedCycle } from "../../modules/subscription/queries/price-cycles"
import type {
  BillingPlan,
  CycleRow,
} from "../../modules/subscription/domain/billing"
import type { CycleQuote } from "../../types/quote"
import { policyOf } from "./after-failure"
import type { Batch, Renewal } from "./batch"
import { closeRenewals } from "./close-renewals"
import type { ClosingReason } from "./close-renewals"
import { quoteCycles } from "./quote/quote-cycles"
import { takeUsage } from "./take-usage"

/** A renewal whose price is stored: what can be charged. */
export type PricedRenewal = Renewal & { quote: CycleQuote; order_id: string }

/** What pricing made of a batch. */
export type PricedBatch = {
  renewals: PricedRenewal[]
  closed: ClosingReason["kind"][]
}

type Planned = Renewal & {
  period: Pick<CycleRow, "period_index" | "period_start" | "period_end">
}

/**
 * Decides what becomes of claimed cycles, prices those that are to be charged and
 * stores the prices. A cycle that was priced in an earlier attempt keeps its price:
 * what the customer was told is what is charged.
 */
export async function priceRenewals(
  batch: Batch,
  renewals: Renewal[]
): Promise<PricedBatch> {
  const closings: { renewal: Renewal; reason: ClosingReason }[] = []
  const charged: Planned[] = []
  for (const renewal of renewals) {
    const { cycle, subscription } = renewal
    const decision = decideCycle(subscription, cycle, {
      now: batch.now,
      safetyHours: batch.options.safetyHours,
    })
    if (decision.action === "charge" && isRefused(batch, renewal)) {
      const { at_end } = policyOf(batch, renewal)
      closings.push({ renewal, reason: { kind: "given_up", at_end } })
    } else if (decision.action === "charge") {
      charged.push({ ...renewal, period: decision })
    } else {
      closings.push({ renewal, reason: reasonOf(decision) })
    }
  }

  const planned = await takeUsage(batch, charged)
  const quotes = await quoteCycles(
    batch.container,
    planned
      .filter(({ cycle }) => !cycle.quote)
      .map(({ cycle, subscription }) => ({ key: cycle.id, subscription }))
  )
  const priced: (PricedCycle & { planned: Planned })[] = []
  for (const one of planned) {
    const { cycle, subscription } = one
    const result = quotes.get(cycle.id)
    const shortage =
      result && "quote" in result && result.is_short_of_stock
        ? shortageReason(cycle, subscription.plan)
        : null
    if (result && "problem" in result) {
      const reason = { kind: "unpriceable", code: result.problem } as const
      closings.push({ renewal: one, reason })
    } else if (shortage) {
      closings.push({ renewal: withPeriod(one), reason: shortage })
    } else {
      const quote = result?.quote ?? cycle.quote
      if (quote) {
        priced.push({ ...pricedCycle(one, quote), planned: one })
      }
    }
  }
  await closeRenewals(batch, closings)
  return {
    renewals: await store(batch, priced),
    closed: closings.map(({ reason }) => reason.kind),
  }
}

/** A planned try leaves alone what the bank refused for good. */
function isRefused({ onDemand }: Batch, { cycle, subscription }: Renewal) {
  return !onDemand && isBlocked(cycle, subscription)
}

async function store(
  { subscriptions, worker }: Batch,
  priced: (PricedCycle & { planned: Planned })[]
): Promise<PricedRenewal[]> {
  if (!priced.length) {
    return []
  }
  const stored = new Set(
    await subscriptions.priceCycles({
      worker,
      cycles: priced.map(({ planned: _, ...cycle }) => cycle),
    })
  )
  // What is missing was taken over by another worker, which charges it.
  return priced
    .filter(({ id }) => stored.has(id))
    .map(({ planned, quote, order_id, ...ids }) => ({
      subscription: planned.subscription,
      cycle: { ...planned.cycle, ...ids, status: "priced" as const },
      quote,
      order_id,
    }))
}

function pricedCycle(
  { cycle, subscription, period }: Planned,
  quote: CycleQuote
): PricedCycle {
  return {
    id: cycle.id,
    period_index: period.period_index,
    period_start: period.period_start,
    period_end: period.period_end,
    quote,
    order_id: cycle.order_id ?? generateEntityId(undefined, "order"),
    payment_collection_id:
      cycle.payment_collection_id ??
      (quote.amount > 0 ? generateEntityId(undefined, "pay_col") : null),
    provider_id: cycle.provider_id ?? subscription.provider_id,
  }
}

function withPeriod({ cycle, subscription, period }: Planned): Renewal {
  return { subscription, cycle: { ...cycle, ...period } }
}

function reasonOf(
  decision: Exclude<ReturnType<typeof decideCycle>, { action: "charge" }>
): ClosingReason {
  switch (decision.action) {
    case "end":
      return { kind: "ended", status: decision.subscription_status }
    case "hold":
      return { kind: "held" }
    case "park":
      return { kind: "parked" }
  }
}

/** What the plan does where stock is short; null: charge all the same. */
function shortageReason(
  cycle: CycleRow,
  plan: BillingPlan
): ClosingReason | null {
  switch (plan.stock_policy) {
    case "charge":
      return null
    case "pause":
      return { kind: "paused_for_stock" }
    case "skip":
      return { kind: "skipped" }
    case "wait":
      return cycle.stock_waits < plan.stock_wait_days
        ? { kind: "waiting_for_stock" }
        : { kind: "skipped" }
  }
}
