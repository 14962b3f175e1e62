import type {
  BillingInterval,
  CycleStatus,
  SubscriptionStatus,
} from "./subscription"
import type { AvailableAction } from "./available-actions"
import type { NextChargeView, ScheduledCharge } from "./next-charge-http"
import type {
  AdminCycleView,
  AdminTimelineEntryView,
  CycleView,
  TimelineEntryView,
} from "./subscription-history-http"
import type { OneOffItemView } from "./one-off-http"
import type { DunningView } from "./dunning"
import type { PendingChangeView } from "./subscription-change-http"
import type { StaffDetail } from "./subscription-staff-http"

/*
 * What the routes of subscriptions answer. `Time` is text over HTTP (ISO 8601
 * UTC) and a `Date` inside of the server.
 */

/** Answer of `POST /admin/subscriptions/schedule-preview`. */
export type SchedulePreviewResponse = {
  /** For n = 1 … count, in the form in which the anchor came. */
  dates: string[]
}

/** The part of a list that an answer holds. */
export type Page = { count: number; limit: number; offset: number }

/** The plan of a subscription, as far as a page shows it. */
export type SubscriptionPlanSummary = {
  id: string
  handle: string
  name: string
}

/** A variant that every renewal delivers. Amounts in major units. */
export type SubscriptionItemView = {
  id: string
  product_id: string
  variant_id: string
  title: string
  quantity: number
  unit_price: number
  list_unit_price: number
  is_tax_inclusive: boolean
}

/** The charge that comes next by itself. */
export type NextChargeSummary<Time = string> = {
  cycle_id: string
  /** When it is charged, or tried again after a decline. */
  date: Time
  amount: number
  currency_code: string
  /**
   * True: the items at their agreed prices, before discounts, tax and shipping of
   * the day. `next-charge` and the single subscription say the exact amount.
   */
  is_estimate: boolean
}

/** A subscription in a list of its customer's. */
export type SubscriptionView<Time = string> = {
  id: string
  status: SubscriptionStatus
  currency_code: string
  interval: BillingInterval
  interval_count: number
  timezone: string
  started_at: Time
  trial_ends_at: Time | null
  paused_at: Time | null
  /** When a pause ends by itself; null: it lasts until somebody resumes it. */
  resumes_at: Time | null
  cancel_at_period_end: boolean
  /** With `cancel_at_period_end`: when it ends. Until then it can be undone. */
  cancel_at: Time | null
  canceled_at: Time | null
  ended_at: Time | null
  /** While a charge has failed: until when access stays all the same. */
  grace_ends_at: Time | null
  created_at: Time
  /** Null where no order made it: by hand, or again after an end. */
  origin_order_id: string | null
  /** The subscription that ended, where this one begins again. */
  resubscribed_from_id: string | null
  plan: SubscriptionPlanSummary
  items: SubscriptionItemView[]
  /** Null where nothing is charged by itself: paused, ending, ended. */
  next_charge: NextChargeSummary<Time> | null
}

/** A subscription in the admin's list. */
export type AdminSubscriptionView<Time = string> = SubscriptionView<Time> & {
  customer_id: string
  email: string
  plan_id: string
  region_id: string
  sales_channel_id: string | null
  provider_id: string | null
  payment_method_id: string | null
  parked_at: Time | null
  parked_reason: string | null
  metadata: Record<string, unknown> | null
  updated_at: Time
}

/** A saved payment method. `card` is null where the provider does not know it. */
export type PaymentMethodSummary = {
  provider_id: string
  payment_method_id: string | null
  card: {
    brand: string | null
    last4: string | null
    exp_month: number | null
    exp_year: number | null
  } | null
}

type Detail<Time> = {
  /** Why the open period is not paid, and what comes of it; null: nothing failed. */
  dunning: DunningView<Time> | null
  shipping_address: Record<string, unknown> | null
  billing_address: Record<string, unknown> | null
  min_cycles: number | null
  max_cycles: number | null
  /** Periods that were paid, the one at checkout included. */
  paid_cycles: number
  /** Periods that are charged at once; null: each by itself. */
  prepaid_cycles: number | null
  /** Coming periods that are paid already. */
  prepaid_left: number
  /** The period that runs or waits for its payment. */
  open_cycle: {
    id: string
    sequence: number
    status: CycleStatus
    period_start: Time
    period_end: Time
    /** Null until it is priced, when it is charged first. */
    amount: number | null
  } | null
  payment_method: PaymentMethodSummary | null
  /** What comes once, with a coming order. */
  one_off_items: OneOffItemView<Time>[]
  /** A change that waits: for the end of the period, or for its charge. */
  pending_change: PendingChangeView<Time> | null
  /** What the next charges take from first, in major units. */
  credit_balance: number
  available_actions: AvailableAction[]
}

/** One subscription, for its customer. */
export type SubscriptionDetail<Time = string> = SubscriptionView<Time> &
  Detail<Time>

/**
 * One subscription, for the admin. `available_actions` are those of staff, whom
 * the plan does not bind.
 */
export type AdminSubscriptionDetail<Time = string> =
  AdminSubscriptionView<Time> & Detail<Time> & StaffDetail

export type SubscriptionListResponse = Page & {
  subscriptions: SubscriptionView[]
}
export type SubscriptionResponse = { subscription: SubscriptionDetail }
export type CycleListResponse = Page & { cycles: CycleView[] }
export type TimelineResponse = Page & { timeline: TimelineEntryView[] }
export type NextChargeResponse = { next_charge: NextChargeView | null }
export type ScheduleResponse = { schedule: ScheduledCharge[] }

export type AdminSubscriptionListResponse = Page & {
  subscriptions: AdminSubscriptionView[]
}
export type AdminSubscriptionResponse = {
  subscription: AdminSubscriptionDetail
}
export type AdminCycleListResponse = Page & { cycles: AdminCycleView[] }
export type AdminTimelineResponse = Page & {
  timeline: AdminTimelineEntryView[]
}
