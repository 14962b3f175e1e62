import type {
  AdminSubscriptionPlan,
  AdminSubscriptionPlanDetail,
} from "../../../types/plans"
import type {
  BillingInterval,
  PlanDiscount,
  PricePolicy,
  StockPolicy,
} from "../../../types/subscription"

/** What the forms hold: numbers as typed, discounts in percent. */
export type PlanValues = {
  name: string
  handle: string
  description: string
  interval: BillingInterval
  interval_count: string
  first_discount: string
  recurring_discount: string
  trial_days: string
  price_policy: PricePolicy
  stock_policy: StockPolicy
  product_ids: string[]
}

export const NEW_PLAN: PlanValues = {
  name: "",
  handle: "",
  description: "",
  interval: "month",
  interval_count: "1",
  first_discount: "",
  recurring_discount: "",
  trial_days: "0",
  price_policy: "grandfathered",
  stock_policy: "wait",
  product_ids: [],
}

type Targets = AdminSubscriptionPlanDetail["targets"]

/** Single variants are chosen through the API; the forms leave them alone. */
export const variantTargets = (targets: Targets): Targets =>
  targets.filter(({ variant_id }) => variant_id !== null)

export const valuesOf = (plan: AdminSubscriptionPlanDetail): PlanValues => ({
  name: plan.name,
  handle: plan.handle,
  description: plan.description ?? "",
  interval: plan.interval,
  interval_count: String(plan.interval_count),
  first_discount: percentText(plan.first_discount),
  recurring_discount: percentText(plan.recurring_discount),
  trial_days: String(plan.trial_days),
  price_policy: plan.price_policy,
  stock_policy: plan.stock_policy,
  product_ids: plan.targets
    .filter(({ variant_id }) => variant_id === null)
    .map(({ product_id }) => product_id),
})

/** The fields of the API for the fields of the form. */
export function bodyOf(
  values: PlanValues,
  fields: (keyof PlanValues)[],
  targets: Targets = []
): Record<string, unknown> {
  const { product_ids, ...rest } = values
  const all = {
    ...rest,
    name: values.name.trim(),
    description: values.description.trim() || null,
    interval_count: Number(values.interval_count),
    first_discount: percent(values.first_discount),
    recurring_discount: percent(values.recurring_discount),
    trial_days: Number(values.trial_days),
  }
  const body: Record<string, unknown> = {}
  for (const field of fields) {
    if (field !== "product_ids") {
      body[field] = all[field]
      continue
    }
    body.targets = [
      ...product_ids.map((product_id) => ({ product_id })),
      ...variantTargets(targets).map(({ product_id, variant_id }) => ({
        product_id,
        variant_id,
      })),
    ]
  }
  return body
}

/** A discount that the form can show: none, or one in percent. */
export const isPercent = (
  discount: AdminSubscriptionPlan["first_discount"]
): boolean => !discount || discount.type === "percent"

const percentText = (discount: PlanDiscount | null): string =>
  discount?.type === "percent" ? String(discount.value) : ""

const percent = (text: string): PlanDiscount | null =>
  Number(text) > 0 ? { type: "percent", value: Number(text) } : null
