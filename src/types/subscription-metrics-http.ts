/*
 * What `GET /admin/subscriptions/metrics` answers. Each figure is defined in
 * docs/reference/metrics.md. Amounts are major units of the one currency of the
 * answer; rates are shares of one, null where they say nothing.
 */

/** A day of the range. */
export type SubscriptionMetricsDay = {
  /** `YYYY-MM-DD` in the shop's time zone. */
  date: string
  mrr: number
  subscriptions: number
  trialing: number
  past_due: number
  paused: number
  customers: number
  new_subscriptions: number
  canceled_subscriptions: number
  recovered_amount: number
}

/** Those that began in a month. */
export type SubscriptionCohort = {
  /** `YYYY-MM` */
  month: string
  size: number
  /** What is left at the end of that month and of each one after it. */
  retention: { month: string; retained: number; rate: number | null }[]
}

export type SubscriptionMetrics = {
  /** Both days are part of the range. */
  from: string
  to: string
  timezone: string
  currency_code: string | null
  /** Of which there are figures, the one with most subscriptions first. */
  currencies: string[]
  /** When the figures of the last day were computed; null: never. */
  computed_at: string | null
  mrr: {
    start: number
    end: number
    new: number
    reactivation: number
    expansion: number
    contraction: number
    churned: number
  }
  subscriptions: {
    start: number
    end: number
    new: number
    canceled: number
    active: number
    trialing: number
    past_due: number
    paused: number
  }
  customers: { start: number; end: number; new: number; churned: number }
  churn: { customers: number | null; revenue: number | null }
  /** What a customer brings in all, at the range's rate of churn. */
  ltv: number | null
  trials: {
    started: number
    converted: number
    lost: number
    conversion: number | null
  }
  recovery: {
    failed_charges: number
    failed_amount: number
    recovered_charges: number
    recovered_amount: number
    rate: number | null
  }
  plans: {
    plan_id: string
    plan_name: string | null
    subscriptions: number
    mrr: number
    mrr_share: number | null
  }[]
  cohorts: SubscriptionCohort[]
  days: SubscriptionMetricsDay[]
}

export type SubscriptionMetricsResponse = { metrics: SubscriptionMetrics }
