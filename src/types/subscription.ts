import type { Meter } from "./meters"
import type { DunningPolicy } from "./dunning"

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

/** How far a customer's own actions may go. */
export type ActionLimits = {
  /** Days that a pause with a date may last. */
  pause_max_days: number
  /** Periods that a pause may last. */
  pause_max_cycles: number
  /** Coming periods that may be skipped at the same time. */
  skip_max_cycles: number
  /** Days by which a charge may be moved, either way, from its planned date. */
  reschedule_max_days: number
}

/**
 * What a customer who wants to cancel may take instead. Each takes effect at once:
 * a pause of some periods, or a share off the items of the next charges. A
 * discount is given once; a pause as often as the plan lets customers pause.
 */
export type RetentionOffer =
  | { id: string; type: "pause"; cycles: number }
  | { id: string; type: "discount"; percent: number; cycles: number }

/** Why customers cancel, by the codes of Stripe's customer portal. */
export const CANCELLATION_REASONS = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const
export type CancellationReason = (typeof CANCELLATION_REASONS)[number]

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

/** A period of a subscription, or what a change of it costs within one. */
export const CYCLE_KINDS = ["renewal", "change"] as const
export type CycleKind = (typeof CYCLE_KINDS)[number]

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

/**
 * Something that subscribers may use while they subscribe: a course, a download,
 * a feature of the merchant's own code. The value is whatever that code wants to
 * know, such as a number of seats; JSON of at most 1,000 characters.
 */
export type PlanEntitlement = {
  /** Lower-case letters, digits and `. _ : -`, at most 64; once in a plan. */
  key: string
  name?: string | null
  value?: unknown
}

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
  /** What is left out is the default; null: all of it. */
  action_limits: Partial<ActionLimits> | null
  retention_offers: RetentionOffer[] | null
  /** Days before each charge at which the customer is reminded by mail; 0: never.
   * null: 7 where a period is half a year or longer, 3 where it is a month, else never. */
  reminder_days: number | null
  /** Periods that are charged at once and delivered one by one; null: each is
   * charged by itself. */
  prepaid_cycles: number | null
  /** After the prepaid periods as many are charged again; false: it ends. */
  prepaid_renews: boolean
  /** Medusa's customer group that subscribers are in while they subscribe. */
  customer_group_id: string | null
  entitlements: PlanEntitlement[] | null
  /** What is charged by use; null: nothing. */
  meters: Meter[] | null
  /** What is left out is the options' default; null: all of it. */
  dunning: Partial<DunningPolicy> | null
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
