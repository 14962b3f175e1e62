import { model } from "@medusajs/framework/utils"
import {
  BILLING_INTERVALS,
  SUBSCRIPTION_STATUSES,
} from "../../../types/subscription"
import PortalSubscriptionCycle from "./subscription-cycle"
import PortalSubscriptionItem from "./subscription-item"

/**
 * An agreement with one customer. `anchor_at` never changes by a renewal: every
 * billing date is counted from it.
 */
const PortalSubscription = model.define("portal_subscription", {
  id: model.id({ prefix: "sub" }).primaryKey(),
  status: model.enum([...SUBSCRIPTION_STATUSES]),
  customer_id: model.text(),
  email: model.text().searchable(),
  plan_id: model.text(),
  currency_code: model.text(),
  region_id: model.text(),
  sales_channel_id: model.text().nullable(),
  locale: model.text().nullable(),
  timezone: model.text(),
  interval: model.enum([...BILLING_INTERVALS]),
  interval_count: model.number(),
  anchor_at: model.dateTime(),
  /** Day of month that later dates keep, where it is not the anchor's own. */
  anchor_day_of_month: model.number().nullable(),
  /** The `period_index` that starts at the anchor: a new rhythm counts on. */
  anchor_index: model.number().default(0),
  /**
   * 1: the period that checkout paid ends at the first date after the anchor.
   * 0: it ends at the anchor itself (trials, fixed billing days).
   */
  period_offset: model.number(),
  provider_id: model.text().nullable(),
  account_holder_id: model.text().nullable(),
  payment_method_id: model.text().nullable(),
  shipping_address: model.json().nullable(),
  billing_address: model.json().nullable(),
  shipping_option_id: model.text().nullable(),
  /** The order that bought it; null: staff made it, or it began again. */
  origin_order_id: model.text().nullable(),
  /** Making one with the same key again finds it. */
  creation_key: model.text().nullable(),
  /** The subscription that ended, where this one begins again. */
  resubscribed_from_id: model.text().nullable(),
  started_at: model.dateTime(),
  trial_ends_at: model.dateTime().nullable(),
  min_cycles: model.number().nullable(),
  max_cycles: model.number().nullable(),
  paused_at: model.dateTime().nullable(),
  /** When a pause ends by itself; null: only when somebody resumes it. */
  resumes_at: model.dateTime().nullable(),
  cancel_at_period_end: model.boolean().default(false),
  /** Where `cancel_at_period_end`: when it ends. */
  cancel_at: model.dateTime().nullable(),
  cancel_requested_at: model.dateTime().nullable(),
  cancel_reason_code: model.text().nullable(),
  cancel_comment: model.text().nullable(),
  /** Off the items of the next charges: an offer that was accepted. */
  discount_percent: model.number().nullable(),
  discount_cycles_left: model.number().nullable(),
  accepted_offer_ids: model.array().default([]),
  /** What waits for the end of the period; see `PendingChange`. */
  pending_change: model.json().nullable(),
  /** What is paid for now, where a change made it another; see `PaidPeriod`. */
  paid_period: model.json().nullable(),
  /** In the subscription's currency; the next charges take from it first. */
  credit_balance: model.bigNumber().default(0),
  canceled_at: model.dateTime().nullable(),
  ended_at: model.dateTime().nullable(),
  /** While past due: until when access stays. */
  grace_ends_at: model.dateTime().nullable(),
  /** Set by the safety bound; a parked subscription is not charged. */
  parked_at: model.dateTime().nullable(),
  parked_reason: model.text().nullable(),
  /** Somebody has to look whether it still grants what its plan does. A trigger
   * sets it, see the migration: no code that changes a status can forget it. */
  membership_pending: model.boolean().default(true),
  /** When it stops to grant by itself; null: it does not. */
  membership_until: model.dateTime().nullable(),
  /** Periods that are charged at once, as agreed at the purchase. */
  prepaid_cycles: model.number().nullable(),
  /** Coming periods that are paid already. */
  prepaid_left: model.number().default(0),
  metadata: model.json().nullable(),
  items: model.hasMany(() => PortalSubscriptionItem, {
    mappedBy: "subscription",
  }),
  cycles: model.hasMany(() => PortalSubscriptionCycle, {
    mappedBy: "subscription",
  }),
})

export default PortalSubscription
