/** What the snapshots of subscriptions hold, as SQL answers it. */

/** How many there are at a day's end. */
const STANDING = [
  "subscriptions",
  "active",
  "trialing",
  "past_due",
  "paused",
  "customers",
] as const

/** How often something happened on a day. */
const HAPPENED_COUNTS = [
  "new_subscriptions",
  "canceled_subscriptions",
  "new_customers",
  "churned_customers",
  "trials_started",
  "trials_converted",
  "trials_lost",
  "failed_charges",
  "recovered_charges",
] as const

/** How much it was. */
const HAPPENED_AMOUNTS = [
  "new_mrr",
  "reactivation_mrr",
  "expansion_mrr",
  "contraction_mrr",
  "churned_mrr",
  "failed_amount",
  "recovered_amount",
] as const

/** What may be added up over the days of a range. */
export const HAPPENED = [...HAPPENED_COUNTS, ...HAPPENED_AMOUNTS] as const
export const COUNTS = [...STANDING, ...HAPPENED_COUNTS] as const
export const AMOUNTS = ["mrr", ...HAPPENED_AMOUNTS] as const

/** A currency and how many subscribe in it, on the last day that was written. */
export type MetricsCurrency = {
  currency_code: string
  subscriptions: number
  day: string
  computed_at: Date
}

/** What happened within a range, both ends in it, in all; exact decimals as text. */
export type RangeTotals = Record<(typeof HAPPENED)[number], string>

/** A day's figures. Amounts are exact decimals, as text. */
export type DailyFigures = { day: string } & Record<
  (typeof COUNTS)[number],
  number
> &
  Record<(typeof AMOUNTS)[number], string>

/** A plan's share on a day. `mrr` is an exact decimal, as text. */
export type PlanFigures = {
  plan_id: string
  plan_name: string | null
  subscriptions: number
  mrr: string
}

/** Who of a month's beginners was there at a later month's end. */
export type CohortFigures = {
  cohort: string
  month: string
  size: number
  retained: number
  /** Exact decimal, as text. */
  mrr: string
}
