import type { SubscriptionPlanDTO } from "./subscription"

/** A plan as the admin API answers it in a list. Times are ISO 8601. */
export type AdminSubscriptionPlan = Omit<
  SubscriptionPlanDTO,
  "targets" | "created_at" | "updated_at"
> & { created_at: string; updated_at: string }

/** One plan, with what it is offered for. */
export type AdminSubscriptionPlanDetail = AdminSubscriptionPlan & {
  targets: { id: string; product_id: string; variant_id: string | null }[]
  /** Subscriptions that bill or will: trialing, active, past due, paused. */
  active_subscriptions: number
}

/** Answer of all routes of one plan but its DELETE. */
export type AdminSubscriptionPlanResponse = {
  subscription_plan: AdminSubscriptionPlanDetail
}

/** Answer of `GET /admin/subscription-plans`. */
export type AdminSubscriptionPlanListResponse = {
  subscription_plans: AdminSubscriptionPlan[]
  count: number
  limit: number
  offset: number
}

/** Answer of `DELETE /admin/subscription-plans/:id`. */
export type AdminSubscriptionPlanDeleteResponse = {
  id: string
  object: "subscription_plan"
  deleted: true
}

/**
 * What one unit of a variant costs under a plan. Amounts in major units, with tax
 * in them where `is_tax_inclusive`.
 */
export type StorePlanPrice = {
  variant_id: string
  currency_code: string
  is_tax_inclusive: boolean
  /** Without the plan. */
  list_unit_price: number
  /** What checkout charges: 0 in a trial. */
  first_unit_price: number
  /** What each later period costs; `prepaid_cycles` of them are charged at once. */
  recurring_unit_price: number
  /** Once for the line, at checkout, in a trial too; null for none. */
  setup_fee: number | null
  trial_days: number
  /** Periods that each charge pays at once, the first too; null: one. */
  prepaid_cycles: number | null
}

/** A plan that a product is offered under, with its prices in one region. */
export type StoreSubscriptionPlan = Pick<
  SubscriptionPlanDTO,
  | "id"
  | "handle"
  | "name"
  | "description"
  | "interval"
  | "interval_count"
  | "trial_days"
  | "trial_requires_payment_method"
  | "min_cycles"
  | "max_cycles"
  | "prepaid_renews"
  | "anchor_type"
  | "anchor_day"
  | "price_policy"
  | "customer_actions"
> & {
  currency_code: string
  /** The variants that can be bought under the plan; never empty. */
  variants: StorePlanPrice[]
}

/** Answer of `GET /store/products/:id/subscription-plans`. */
export type StoreSubscriptionPlanListResponse = {
  subscription_plans: StoreSubscriptionPlan[]
  count: number
  limit: number
  offset: number
}
