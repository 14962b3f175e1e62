import type {
  AdminSubscriptionPlan,
  AdminSubscriptionPlanDetail,
} from "../../../types/plans"
import type {
  ActionLimits,
  BillingInterval,
  PlanDiscount,
  PricePolicy,
  RetentionOffer,
  StockPolicy,
} from "../../../types/subscription"

import {
  entitlementsOf,
  entitlementValues,
  type EntitlementValues,
} from "./entitlement-values"

import {
  dunningBody,
  dunningValues,
  NO_DUNNING,
  type DunningValues,
} from "./dunning-values"

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
  /** Empty: each period is charged by itself. */
  prepaid_cycles: string
  prepaid_renews: "true" | "false"
  price_policy: PricePolicy
  stock_policy: StockPolicy
  product_ids: string[]
  action_limits: Record<keyof ActionLimits, string>
  retention_offers: OfferValues[]
  /** Empty: none. */
  customer_group_id: string
  entitlements: EntitlementValues[]
  dunning: DunningValues
}

/** An offer as typed. A new one gets its id when it is sent. */
export type OfferValues = {
  id: string
  type: RetentionOffer["type"]
  percent: string
  cycles: string
}

export const NEW_OFFER: OfferValues = {
  id: "",
  type: "discount",
  percent: "20",
  cycles: "3",
}

const NO_LIMITS: PlanValues["action_limits"] = {
  pause_max_days: "",
  pause_max_cycles: "",
  skip_max_cycles: "",
  reschedule_max_days: "",
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
  prepaid_cycles: "",
  prepaid_renews: "true",
  price_policy: "grandfathered",
  stock_policy: "wait",
  product_ids: [],
  action_limits: NO_LIMITS,
  retention_offers: [],
  customer_group_id: "",
  entitlements: [],
  dunning: NO_DUNNING,
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
  prepaid_cycles: plan.prepaid_cycles ? String(plan.prepaid_cycles) : "",
  prepaid_renews: plan.prepaid_renews ? "true" : "false",
  price_policy: plan.price_policy,
  stock_policy: plan.stock_policy,
  product_ids: plan.targets
    .filter(({ variant_id }) => variant_id === null)
    .map(({ product_id }) => product_id),
  action_limits: {
    ...NO_LIMITS,
    ...Object.fromEntries(
      Object.entries(plan.action_limits ?? {}).map(([name, limit]) => [
        name,
        String(limit),
      ])
    ),
  },
  retention_offers: (plan.retention_offers ?? []).map((offer) => ({
    id: offer.id,
    type: offer.type,
    percent:
      offer.type === "discount" ? String(offer.percent) : NEW_OFFER.percent,
    cycles: String(offer.cycles),
  })),
  customer_group_id: plan.customer_group_id ?? "",
  entitlements: entitlementValues(plan.entitlements),
  dunning: dunningValues(plan.dunning),
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
    prepaid_cycles: values.prepaid_cycles.trim()
      ? Number(values.prepaid_cycles)
      : null,
    prepaid_renews: values.prepaid_renews === "true",
    action_limits: limitsOf(values.action_limits),
    retention_offers: offersOf(values.retention_offers),
    customer_group_id: values.customer_group_id || null,
    entitlements: entitlementsOf(values.entitlements),
    dunning: dunningBody(values.dunning),
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

/** What is left empty is the default; null: all of it. */
function limitsOf(
  typed: PlanValues["action_limits"]
): Partial<ActionLimits> | null {
  const given = Object.entries(typed).filter(([, limit]) => limit.trim())
  return given.length
    ? Object.fromEntries(given.map(([name, limit]) => [name, Number(limit)]))
    : null
}

/** The ids of offers that exist stay: who took one is known by it. */
function offersOf(typed: OfferValues[]): RetentionOffer[] | null {
  const taken = new Set(typed.map(({ id }) => id))
  const offers = typed.map((offer): RetentionOffer => {
    const cycles = Number(offer.cycles)
    const percent = Number(offer.percent)
    const id =
      offer.id ||
      freeId(
        offer.type === "pause"
          ? `pause-${cycles}`
          : `discount-${percent}-${cycles}`,
        taken
      )
    taken.add(id)
    return offer.type === "pause"
      ? { id, type: "pause", cycles }
      : { id, type: "discount", percent, cycles }
  })
  return offers.length ? offers : null
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted
  for (let n = 2; taken.has(id); n += 1) {
    id = `${wanted}-${n}`
  }
  return id
}

/** A discount that the form can show: none, or one in percent. */
export const isPercent = (
  discount: AdminSubscriptionPlan["first_discount"]
): boolean => !discount || discount.type === "percent"

const percentText = (discount: PlanDiscount | null): string =>
  discount?.type === "percent" ? String(discount.value) : ""

const percent = (text: string): PlanDiscount | null =>
  Number(text) > 0 ? { type: "percent", value: Number(text) } : null
