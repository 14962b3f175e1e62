import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { cyclePeriod } from "../../modules/subscription/domain/billing-schedule"
import {
  withTerms,
  type PaidPeriod,
} from "../../modules/subscription/domain/change/terms"
import { prorateIntervalChange } from "../../modules/subscription/domain/proration"
import { currencyDecimals, roundMoney } from "../../shared/money"
import { writeOf, type ChangeTask } from "./change-task"
import { linesOfEntries } from "./lines-of-entries"
import { linesOf, pricesOf } from "./paid-now"
import { balanceAfter, quotePeriod, type Effect } from "./planned-change"

/** A new rhythm: the unused time is credited, and a whole new period begins. */
export async function fromNowOn(
  container: MedusaContainer,
  task: ChangeTask,
  paid: PaidPeriod
): Promise<Effect> {
  const { context, resolved, at } = task
  const { subscription, cycle, skipped } = context
  const { terms, plan } = resolved
  const { currency_code } = subscription
  const anchor = { at, index: cycle.period_index - 1, is_new_day: true }
  const started = withTerms(subscription, terms, plan, anchor)
  const period = cyclePeriod(started, anchor.index)
  const { credits, credit_total: credit } = prorateIntervalChange({
    at,
    period: { start: new Date(paid.start), end: new Date(paid.end) },
    current: paid.lines,
    next: [],
    currency_decimals: currencyDecimals(currency_code),
  })
  const { quote, is_short_of_stock } = await quotePeriod(container, {
    ...started,
    credit_balance: balanceAfter(subscription, credit),
    // An offer is for the charges of renewals.
    discount_cycles_left: 0,
    // What comes once, and what was used, comes with the next order.
    one_offs: null,
    usage: null,
  })
  if (is_short_of_stock && plan.stock_policy !== "charge") {
    throw portalError("insufficient_stock")
  }
  const lines = linesOf(quote)
  const charges = lines.map((line) => ({
    ...line,
    amount: roundMoney(
      line.unit_price * line.quantity,
      currencyDecimals(currency_code)
    ),
  }))
  const credit_added = roundMoney(
    credit - (quote.credit_applied ?? 0),
    currencyDecimals(currency_code)
  )
  const next = cyclePeriod(started, cycle.period_index)
  return {
    write: {
      ...writeOf(task, anchor, {
        paid_period: {
          start: at.toISOString(),
          end: period.end.toISOString(),
          lines,
          prices: pricesOf(
            { plan_id: terms.plan_id, items: terms.items },
            lines
          ),
        },
      }),
      cycles: [
        {
          id: cycle.id,
          set: {
            period_start: next.start,
            period_end: next.end,
            due_at: next.start,
            next_attempt_at: next.start,
          },
        },
        ...skipped.map(({ id }) => ({ id, remove: true as const })),
      ],
      credit_added,
    },
    charge: {
      quote,
      period_start: at,
      period_end: period.end,
      provider_id: subscription.provider_id,
    },
    after: {
      ...started,
      credit_balance: balanceAfter(subscription, credit_added),
    },
    effective_at: at,
    next_date: next.start,
    credit,
    amount: charges.reduce((sum, one) => sum + one.amount, 0),
    lines: linesOfEntries({ credits, charges }),
  }
}
