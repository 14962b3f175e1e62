/** Intervals that a billing period is counted in. */
export const BILLING_INTERVALS = ["day", "week", "month", "year"] as const
export type BillingInterval = (typeof BILLING_INTERVALS)[number]

/** A used plan is archived, not deleted: its subscriptions go on. */
export const PLAN_STATUSES = ["active", "archived"] as const
export type PlanStatus = (typeof PLAN_STATUSES)[number]

/**
 * From where billing dates are counted: the purchase, or a fixed day.
 * `day_of_month` takes 1–31 (the last day in shorter months), `day_of_week` 1–7,
 * Monday first.
 */
export const ANCHOR_TYPES = ["purchase", "day_of_month", "day_of_week"] as const
export type AnchorType = (typeof ANCHOR_TYPES)[number]

/**
 * `grandfathered`: a subscriber keeps the price of the purchase.
 * `current`: each charge takes the list price of its day, the plan's discount off.
 */
export const PRICE_POLICIES = ["grandfathered", "current"] as const
export type PricePolicy = (typeof PRICE_POLICIES)[number]

/**
 * What a renewal does where stock is short: `wait` tries again each day for the
 * plan's `stock_wait_days` and then skips, `skip` leaves the period out, `pause`
 * pauses the subscription, `charge` charges and sells as a backorder.
 */
export const STOCK_POLICIES = ["wait", "skip", "pause", "charge"] as const
export type StockPolicy = (typeof STOCK_POLICIES)[number]

/**
 * After a stop of the store: `charge_current` charges the current period once and
 * leaves the missed ones out, `charge_each` charges each missed period.
 */
export const MISSED_PERIOD_POLICIES = ["charge_current", "charge_each"] as const
export type MissedPeriodPolicy = (typeof MISSED_PERIOD_POLICIES)[number]

/** What a customer may do without asking. */
export const CUSTOMER_ACTIONS = [
  "cancel",
  "pause",
  "skip",
  "reschedule",
  "order_now",
  "change_plan",
  "change_items",
  "change_address",
  "change_payment_method",
] as const
export type CustomerAction = (typeof CUSTOMER_ACTIONS)[number]
export type CustomerActions = Record<CustomerAction, boolean>

export const SUBSCRIPTION_STATUSES = [
  "incomplete",
  "trialing",
  "active",
  "past_due",
  "paused",
  "canceled",
  "expired",
] as const
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number]

export const CYCLE_STATUSES = [
  "scheduled",
  "claimed",
  "priced",
  "charging",
  "unknown",
  "action_required",
  "retry_scheduled",
  "paid",
  "completed",
  "uncollectible",
  "skipped",
  "canceled",
] as const
export type CycleStatus = (typeof CYCLE_STATUSES)[number]

export const ATTEMPT_STATUSES = [
  "started",
  "succeeded",
  "declined",
  "action_required",
  "unknown",
] as const
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number]

/** Amounts in major units by lower-case currency code: `{ eur: 4.5 }`. */
export type AmountsByCurrency = Record<string, number>

/**
 * A discount on the list price of one unit: a share in percent, an amount off, or
 * a price instead of the list price, the latter two by currency in major units.
 */
export type PlanDiscount =
  | { type: "percent"; value: number }
  | { type: "amount"; amounts: AmountsByCurrency }
  | { type: "fixed_price"; prices: AmountsByCurrency }

/** A plan as the module returns it. */
export type SubscriptionPlanDTO = {
  id: string
  handle: string
  name: string
  description: string | null
  status: PlanStatus
  interval: BillingInterval
  interval_count: number
  first_discount: PlanDiscount | null
  recurring_discount: PlanDiscount | null
  setup_fee: AmountsByCurrency | null
  trial_days: number
  trial_requires_payment_method: boolean
  min_cycles: number | null
  max_cycles: number | null
  anchor_type: AnchorType
  anchor_day: number | null
  price_policy: PricePolicy
  stock_policy: StockPolicy
  stock_wait_days: number
  missed_period_policy: MissedPeriodPolicy
  customer_actions: CustomerActions
  metadata: Record<string, unknown> | null
  targets?: SubscriptionPlanTargetDTO[]
  created_at: Date | string
  updated_at: Date | string
}

/** A product, or with `variant_id` one variant of it, that a plan is offered for. */
export type SubscriptionPlanTargetDTO = {
  id: string
  product_id: string
  variant_id: string | null
}
