import { currencyDecimals, roundMoney } from "../../../shared/money"
import type {
  SubscriptionCohort,
  SubscriptionMetrics,
} from "../../../types/subscription-metrics-http"
import type {
  CohortFigures,
  DailyFigures,
  PlanFigures,
  RangeTotals,
} from "./metric-rows"

const DAYS_A_MONTH = 365 / 12
const RATE_DIGITS = 10_000

/** What was read of a range. */
export type MetricsRead = {
  currency_code: string
  /** `YYYY-MM-DD`, both in it. */
  from: string
  to: string
  /** From the day before the range on, where there is one. */
  days: DailyFigures[]
  totals: RangeTotals | undefined
  plans: PlanFigures[]
  cohorts: CohortFigures[]
}

type Figures = Omit<
  SubscriptionMetrics,
  "from" | "to" | "timezone" | "currency_code" | "currencies" | "computed_at"
>

/**
 * The figures of a range, from what the snapshots hold. Sums come in exact decimals
 * and are rounded once, to the currency's smallest unit. Rates are null where the
 * whole is nothing. Definitions: docs/reference/metrics.md.
 */
export function metricsOf(read: MetricsRead): Figures {
  const money = (amount: string | number | undefined) =>
    roundMoney(amount ?? 0, currencyDecimals(read.currency_code))
  const before = read.days.find(({ day }) => day < read.from)
  const days = read.days.filter(({ day }) => day >= read.from)
  const last = days.at(-1) ?? before
  const sum = (name: keyof RangeTotals) => Number(read.totals?.[name] ?? 0)
  const mrr = {
    start: money(before?.mrr),
    end: money(last?.mrr),
    new: money(read.totals?.new_mrr),
    reactivation: money(read.totals?.reactivation_mrr),
    expansion: money(read.totals?.expansion_mrr),
    contraction: money(read.totals?.contraction_mrr),
    churned: money(read.totals?.churned_mrr),
  }
  const customers = {
    start: before?.customers ?? 0,
    end: last?.customers ?? 0,
    new: sum("new_customers"),
    churned: sum("churned_customers"),
  }
  const churn = {
    customers: rate(customers.churned, customers.start + customers.new),
    revenue: rate(
      sum("churned_mrr") + sum("contraction_mrr"),
      Number(before?.mrr ?? 0)
    ),
  }
  return {
    mrr,
    subscriptions: {
      start: before?.subscriptions ?? 0,
      end: last?.subscriptions ?? 0,
      new: sum("new_subscriptions"),
      canceled: sum("canceled_subscriptions"),
      active: last?.active ?? 0,
      trialing: last?.trialing ?? 0,
      past_due: last?.past_due ?? 0,
      paused: last?.paused ?? 0,
    },
    customers,
    churn,
    ltv: lifetimeValue(read, customers, Number(last?.mrr ?? 0), money),
    trials: {
      started: sum("trials_started"),
      converted: sum("trials_converted"),
      lost: sum("trials_lost"),
      conversion: rate(
        sum("trials_converted"),
        sum("trials_converted") + sum("trials_lost")
      ),
    },
    recovery: {
      failed_charges: sum("failed_charges"),
      failed_amount: money(read.totals?.failed_amount),
      recovered_charges: sum("recovered_charges"),
      recovered_amount: money(read.totals?.recovered_amount),
      rate: rate(sum("recovered_charges"), sum("failed_charges")),
    },
    plans: read.plans.map((plan) => ({
      plan_id: plan.plan_id,
      plan_name: plan.plan_name,
      subscriptions: plan.subscriptions,
      mrr: money(plan.mrr),
      mrr_share: rate(Number(plan.mrr), Number(last?.mrr ?? 0)),
    })),
    cohorts: cohortsOf(read.cohorts),
    days: days.map((day) => ({
      date: day.day,
      mrr: money(day.mrr),
      subscriptions: day.subscriptions,
      trialing: day.trialing,
      past_due: day.past_due,
      paused: day.paused,
      customers: day.customers,
      new_subscriptions: day.new_subscriptions,
      canceled_subscriptions: day.canceled_subscriptions,
      recovered_amount: money(day.recovered_amount),
    })),
  }
}

/**
 * MRR a customer, divided by the share of customers that a month costs.
 *
 * @returns null where nobody left, for then it is no number
 */
function lifetimeValue(
  { from, to }: MetricsRead,
  customers: SubscriptionMetrics["customers"],
  mrr: number,
  money: (amount: number) => number
): number | null {
  const whole = customers.start + customers.new
  if (!customers.churned || !whole || !customers.end) {
    return null
  }
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
  const monthly = (customers.churned / whole / days) * DAYS_A_MONTH
  return money(mrr / customers.end / monthly)
}

function cohortsOf(rows: readonly CohortFigures[]): SubscriptionCohort[] {
  const byMonth = new Map<string, SubscriptionCohort>()
  for (const { cohort: month, month: at, size, retained } of rows) {
    const cohort = byMonth.get(month) ?? { month, size, retention: [] }
    // A month that goes on grows.
    cohort.size = Math.max(cohort.size, size)
    cohort.retention.push({ month: at, retained, rate: rate(retained, size) })
    byMonth.set(month, cohort)
  }
  return [...byMonth.values()]
}

/** A share of one with four digits; null of nothing. */
function rate(part: number, whole: number): number | null {
  return whole > 0
    ? Math.round((part / whole) * RATE_DIGITS) / RATE_DIGITS
    : null
}
