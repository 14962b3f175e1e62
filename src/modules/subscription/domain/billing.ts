import type {
  ActionLimits,
  BillingInterval,
  CustomerActions,
  CycleKind,
  CycleStatus,
  MissedPeriodPolicy,
  PlanDiscount,
  PricePolicy,
  RetentionOffer,
  StockPolicy,
  SubscriptionStatus,
} from "../../../types/subscription"
import type { Meter } from "../../../types/meters"
import type { DunningPolicy } from "../../../types/dunning"
import type { CycleQuote } from "../../../types/quote"
import type { StoredChange } from "./change/stored-change"
import type { PaidPeriod, PendingChange } from "./change/terms"

/** A row of `portal_subscription_cycle` as SQL returns it. */
export type CycleRow = {
  id: string
  subscription_id: string
  kind: CycleKind
  /** What is written when a change is paid; null for a period. */
  change: StoredChange | null
  /** The change whose charge is open, and which this period waits for. */
  held_by: string | null
  sequence: number
  period_index: number
  status: CycleStatus
  period_start: Date
  period_end: Date
  due_at: Date
  next_attempt_at: Date | null
  claimed_until: Date | null
  claimed_by: string | null
  attempt: number
  stock_waits: number
  currency_code: string
  amount: string | null
  quote: CycleQuote | null
  order_id: string | null
  payment_collection_id: string | null
  payment_session_id: string | null
  provider_id: string | null
  provider_payment_id: string | null
  /** The payment method that the bank refused for good; see `isBlocked`. */
  blocked_method: string | null
  /** How often in a row the way to the provider failed. */
  provider_failures: number
  failure_code: string | null
  failure_message: string | null
  paid_at: Date | null
  completed_at: Date | null
  events_emitted_at: Date | null
}

/** What billing has to know of a subscription. */
export type BillingSubscription = {
  id: string
  status: SubscriptionStatus
  customer_id: string
  email: string
  plan_id: string
  currency_code: string
  region_id: string
  sales_channel_id: string | null
  locale: string | null
  timezone: string
  interval: BillingInterval
  interval_count: number
  anchor_at: Date
  anchor_day_of_month: number | null
  anchor_index: number
  started_at: Date
  provider_id: string | null
  account_holder_id: string | null
  payment_method_id: string | null
  shipping_address: Record<string, unknown> | null
  billing_address: Record<string, unknown> | null
  shipping_option_id: string | null
  trial_ends_at: Date | null
  min_cycles: number | null
  max_cycles: number | null
  /** Periods that are charged at once; null, or left out: each by itself. */
  prepaid_cycles?: number | null
  /** Coming periods that are paid already; left out: none. */
  prepaid_left?: number
  paused_at: Date | null
  resumes_at: Date | null
  cancel_at_period_end: boolean
  cancel_at: Date | null
  discount_percent: number | null
  discount_cycles_left: number | null
  accepted_offer_ids: string[]
  parked_at: Date | null
  ended_at: Date | null
  /** What waits for the end of the period, and the plan that it leads to. */
  pending_change: PendingChange | null
  pending_plan: BillingPlan | null
  /** What is paid for now, where a change made it another. */
  paid_period: PaidPeriod | null
  /** In the subscription's currency, 0 or more. */
  credit_balance: number
  plan: BillingPlan
  items: BillingItem[]
  /** What comes once, with the next order; left out: nothing. */
  one_offs?: BillingOneOff[] | null
  /** Use that no charge has yet; left out: none. */
  usage?: MeterUsage[] | null
  /** Periods that were paid, the one at checkout included. */
  paid_cycles: number
  /** The newest captured charge of a renewal. */
  last_charged_at: Date | null
}

/** How much of a meter was used. */
export type MeterUsage = { meter: string; quantity: number }

/** What billing has to know of a plan. */
export type BillingPlan = {
  id: string
  handle: string
  name: string
  recurring_discount: PlanDiscount | null
  price_policy: PricePolicy
  stock_policy: StockPolicy
  stock_wait_days: number
  missed_period_policy: MissedPeriodPolicy
  customer_actions: Partial<CustomerActions>
  action_limits: Partial<ActionLimits> | null
  retention_offers: RetentionOffer[] | null
  meters?: Meter[] | null
  dunning: Partial<DunningPolicy> | null
}

/** A variant that the next order has once. */
export type BillingOneOff = {
  id: string
  product_id: string
  variant_id: string
  title: string
  quantity: number
}

/** What billing has to know of an item. */
export type BillingItem = {
  id: string
  product_id: string
  variant_id: string
  title: string
  quantity: number
  unit_price: number
  list_unit_price: number
  is_tax_inclusive: boolean
  /** Null: a change added it. */
  origin_line_item_id: string | null
}
