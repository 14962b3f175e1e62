import { model } from "@medusajs/framework/utils"
import {
  ANCHOR_TYPES,
  BILLING_INTERVALS,
  MISSED_PERIOD_POLICIES,
  PLAN_STATUSES,
  PRICE_POLICIES,
  STOCK_POLICIES,
} from "../../../types/subscription"
import PortalSubscriptionPlanTarget from "./subscription-plan-target"

/** What a merchant offers: how often, for how much, under which rules. */
const PortalSubscriptionPlan = model.define("portal_subscription_plan", {
  id: model.id({ prefix: "plan" }).primaryKey(),
  handle: model.text().searchable(),
  name: model.text().searchable(),
  description: model.text().nullable(),
  status: model.enum([...PLAN_STATUSES]).default("active"),
  interval: model.enum([...BILLING_INTERVALS]),
  interval_count: model.number().default(1),
  first_discount: model.json().nullable(),
  recurring_discount: model.json().nullable(),
  setup_fee: model.json().nullable(),
  trial_days: model.number().default(0),
  trial_requires_payment_method: model.boolean().default(true),
  min_cycles: model.number().nullable(),
  max_cycles: model.number().nullable(),
  anchor_type: model.enum([...ANCHOR_TYPES]).default("purchase"),
  anchor_day: model.number().nullable(),
  price_policy: model.enum([...PRICE_POLICIES]).default("grandfathered"),
  stock_policy: model.enum([...STOCK_POLICIES]).default("wait"),
  stock_wait_days: model.number().default(3),
  missed_period_policy: model
    .enum([...MISSED_PERIOD_POLICIES])
    .default("charge_current"),
  customer_actions: model.json(),
  /** Null, or some left out: the defaults of `action-limits.ts`. */
  action_limits: model.json().nullable(),
  /** See `RetentionOffer`; null: none. */
  retention_offers: model.json().nullable(),
  /** Days before a charge at which the customer is reminded; 0: never; null: by
   * the interval, see `reminder-date.ts`. */
  reminder_days: model.number().nullable(),
  /** Medusa's customer group that subscribers are in while they subscribe. */
  customer_group_id: model.text().nullable(),
  /** See `PlanEntitlement`; null: none. */
  entitlements: model.json().nullable(),
  /** See `Meter`; null: nothing is charged by use. */
  meters: model.json().nullable(),
  /** See `DunningPolicy`; null, or some left out: the options' defaults. */
  dunning: model.json().nullable(),
  /** Periods that are charged at once; null: each by itself. */
  prepaid_cycles: model.number().nullable(),
  /** Whether as many are charged again after them, or it ends. */
  prepaid_renews: model.boolean().default(true),
  metadata: model.json().nullable(),
  targets: model.hasMany(() => PortalSubscriptionPlanTarget, {
    mappedBy: "plan",
  }),
})

export default PortalSubscriptionPlan
