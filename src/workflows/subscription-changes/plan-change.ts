import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { termLeft } from "../../modules/subscription/domain/actions/cancel"
import { scheduleChange } from "../../modules/subscription/domain/actions/change"
import { cyclePeriod } from "../../modules/subscription/domain/billing-schedule"
import {
  isNewRhythm,
  priceKey,
  withTerms,
  type PaidLine,
  type PaidPeriod,
} from "../../modules/subscription/domain/change/terms"
import { prorate } from "../../modules/subscription/domain/proration"
import { currencyDecimals } from "../../shared/money"
import { nextAnchor, nextDate, writeOf, type ChangeTask } from "./change-task"
import { linesOfEntries } from "./lines-of-entries"
import { fromNowOn } from "./new-period"
import { pricesOf } from "./paid-now"
import { balanceAfter, NOTHING_DUE, type Effect } from "./planned-change"
import { quoteDifference } from "./quote-difference"

/**
 * What a change of plan and items does: at the period's end, at once without a
 * charge, as a difference within the period, or by a new period from now on.
 *
 * @throws `minimum_term_running`, and as pricing
 */
export async function effectOf(
  container: MedusaContainer,
  task: ChangeTask
): Promise<Effect> {
  assertTerm(task)
  const { context, resolved, when, proration, paid } = task
  const isNew = isNewRhythm(context.subscription, resolved.terms)
  if (when === "period_end") {
    return atPeriodEnd(task)
  }
  if (!paid || (proration === "none" && isNew)) {
    return atOnce(task, paid)
  }
  return isNew
    ? await fromNowOn(container, task, paid)
    : await withinPeriod(container, task, paid)
}

function atPeriodEnd({ context, resolved, at }: ChangeTask): Effect {
  const { subscription, cycle } = context
  const { terms, plan } = resolved
  return {
    ...NOTHING_DUE,
    write: scheduleChange(context, {
      ...terms,
      requested_at: at.toISOString(),
    }),
    after: withTerms(subscription, terms, plan, nextAnchor(context)),
    effective_at: cycle.period_start,
    next_date: nextDate(context),
  }
}

/** Where nothing is paid for now, or the customer wants no settlement of it. */
function atOnce(task: ChangeTask, paid: PaidPeriod | null): Effect {
  const { context, resolved, at } = task
  const { subscription, cycle } = context
  const anchor = nextAnchor(context)
  const after = withTerms(subscription, resolved.terms, resolved.plan, anchor)
  const { end } = cyclePeriod(after, cycle.period_index)
  return {
    ...NOTHING_DUE,
    write: {
      ...writeOf(task, anchor, { paid_period: paid }),
      cycles: [{ id: cycle.id, set: { period_end: end } }],
    },
    after,
    effective_at: at,
    next_date: nextDate(context),
  }
}

async function withinPeriod(
  container: MedusaContainer,
  task: ChangeTask,
  paid: PaidPeriod
): Promise<Effect> {
  const { context, resolved, at } = task
  const { subscription } = context
  const { terms, plan } = resolved
  const next = terms.items.map((item): PaidLine => ({
    key: item.id,
    title: item.title,
    quantity: item.quantity,
    unit_price:
      paid.prices[priceKey(terms.plan_id, item.variant_id)] ??
      item.unit_price * (paid.scale ?? 1),
  }))
  const result = prorate({
    at,
    period: { start: new Date(paid.start), end: new Date(paid.end) },
    current: paid.lines,
    next,
    currency_decimals: currencyDecimals(subscription.currency_code),
    proration: task.proration,
  })
  const anchor = nextAnchor(context)
  const after = withTerms(subscription, terms, plan, anchor)
  const quote =
    result.net > 0
      ? await quoteDifference(container, after, {
          charges: result.charges,
          credit: result.credit_total,
        })
      : null
  const credit_added = quote
    ? -(quote.credit_applied ?? 0)
    : Math.max(0, -result.net)
  const isSettled = task.proration === "prorate"
  return {
    write: {
      ...writeOf(task, anchor, {
        paid_period: isSettled
          ? {
              ...paid,
              lines: next,
              prices: {
                ...pricesOf(
                  { plan_id: terms.plan_id, items: terms.items },
                  next
                ),
                ...paid.prices,
              },
            }
          : paid,
      }),
      credit_added,
    },
    charge: quote && {
      quote,
      period_start: at,
      period_end: new Date(paid.end),
      provider_id: subscription.provider_id,
    },
    after: {
      ...after,
      credit_balance: balanceAfter(subscription, credit_added),
    },
    effective_at: at,
    next_date: nextDate(context),
    credit: result.credit_total,
    amount: result.charge_total,
    lines: linesOfEntries(result),
  }
}

/** Who has agreed to a minimum term may pay more within it, and not less. */
function assertTerm({ context, resolved }: ChangeTask): void {
  const { subscription, actor } = context
  if (actor.type !== "customer" || termLeft(subscription) === 0) {
    return
  }
  const costs = (items: { unit_price: number; quantity: number }[]) =>
    items.reduce((sum, item) => sum + item.unit_price * item.quantity, 0)
  if (
    isNewRhythm(subscription, resolved.terms) ||
    costs(resolved.terms.items) < costs(subscription.items)
  ) {
    throw portalError("minimum_term_running")
  }
}
