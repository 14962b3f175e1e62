/** Fields of a plan in a list. The routes take no `fields` of a caller. */
export const PLAN_FIELDS = [
  "id",
  "handle",
  "name",
  "description",
  "status",
  "interval",
  "interval_count",
  "first_discount",
  "recurring_discount",
  "setup_fee",
  "trial_days",
  "trial_requires_payment_method",
  "min_cycles",
  "max_cycles",
  "anchor_type",
  "anchor_day",
  "price_policy",
  "stock_policy",
  "stock_wait_days",
  "missed_period_policy",
  "customer_actions",
  "action_limits",
  "retention_offers",
  "reminder_days",
  "metadata",
  "created_at",
  "updated_at",
]

/** Fields of one plan. */
export const PLAN_DETAIL_FIELDS = [
  ...PLAN_FIELDS,
  "targets.id",
  "targets.product_id",
  "targets.variant_id",
]
