import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  generateEntityId,
  ProductStatus,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type {
  BillingItem,
  BillingPlan,
  BillingSubscription,
} from "../../modules/subscription/domain/billing"
import type { NewTerms } from "../../modules/subscription/domain/change/terms"
import { planUnitPrice } from "../../modules/subscription/domain/plan-pricing"
import { currencyDecimals } from "../../shared/money"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import type { SubscriptionAction } from "../../types/available-actions"
import { loadPlans, requireOffered } from "../carts/offered-plan"
import { loadCurrentPrices } from "../renewals/quote/current-prices"
import {
  loadCatalogue,
  type CatalogueVariant,
} from "../renewals/quote/load-catalogue"

/** An item as somebody wants it: a known one by its id, a new one by its variant. */
export type WantedItem = { id?: string; variant_id?: string; quantity: number }

/** What somebody wants; left out: as it is. */
export type WantedTerms = { items?: WantedItem[]; plan_id?: string }

/** New terms, checked and priced. */
export type ResolvedTerms = {
  terms: NewTerms
  plan: BillingPlan
  /** What has to be allowed for it. */
  actions: SubscriptionAction[]
}

/**
 * Checks and prices what somebody wants a subscription to be: each item must be
 * offered under the plan and sold where the subscription was bought. What stays the
 * same under the same plan keeps its price; all else costs what it costs today.
 *
 * @throws `plan_not_offered`, `plan_archived`, `validation_failed` (no such item, no
 * item left, nothing changes), `currency_mismatch`
 */
export async function resolveTerms(
  container: MedusaContainer,
  subscription: BillingSubscription,
  wanted: WantedTerms
): Promise<ResolvedTerms> {
  const items = wantedItems(subscription, wanted.items)
  const planId = wanted.plan_id ?? subscription.plan_id
  const plan = (await loadPlans(container, [planId])).get(planId)
  const catalogue = await loadCatalogue(
    container,
    items.map(({ variant_id }) => variant_id)
  )
  const isNewPlan = planId !== subscription.plan_id
  const named = items.map(({ id, variant_id, quantity }) => {
    const before = subscription.items.find((item) => item.id === id)
    const isSame = !isNewPlan && before?.variant_id === variant_id
    const variant = catalogue.get(variant_id)
    if (!isSame) {
      requireSellable(plan, variant)
    }
    return { id, variant_id, quantity, variant, same: isSame ? before : null }
  })
  // A share of a period says nothing of several that are paid at once.
  if (!plan || (isNewPlan && plan.prepaid_cycles)) {
    throw portalError("plan_not_offered")
  }
  const fresh = named.flatMap(({ same, variant }) =>
    same ? [] : (variant ?? [])
  )
  await requireSoldHere(container, subscription, fresh)
  const priced = await priceFresh(container, subscription, plan, fresh)
  const terms: NewTerms = {
    plan_id: plan.id,
    interval: plan.interval,
    interval_count: plan.interval_count,
    term: isNewPlan
      ? { min_cycles: plan.min_cycles, max_cycles: plan.max_cycles }
      : null,
    items: named.map(({ id, quantity, variant_id, same }) =>
      same
        ? { ...same, quantity }
        : {
            id: id ?? generateEntityId(undefined, "subi"),
            quantity,
            origin_line_item_id: null,
            ...priced(variant_id),
          }
    ),
  }
  const actions = actionsOf(subscription, terms)
  if (!actions.length) {
    throw portalError("validation_failed", {
      message: "Nothing would change.",
    })
  }
  // A plan that was changed since goes on as the subscription has it.
  const kept = isNewPlan
    ? terms
    : {
        ...terms,
        interval: subscription.interval,
        interval_count: subscription.interval_count,
      }
  return { terms: kept, plan: billingPlan(plan), actions }
}

function wantedItems(
  { items }: BillingSubscription,
  wanted: WantedItem[] | undefined
): { id: string | null; variant_id: string; quantity: number }[] {
  if (!wanted) {
    return items
  }
  const ids = wanted.flatMap(({ id }) => id ?? [])
  if (new Set(ids).size < ids.length) {
    throw portalError("validation_failed", { message: "An item comes twice." })
  }
  const left = wanted
    .filter(({ quantity }) => quantity > 0)
    .map(({ id, variant_id, quantity }) => {
      const known = items.find((item) => item.id === id)
      const variant = variant_id ?? known?.variant_id
      if ((id !== undefined && !known) || variant === undefined) {
        throw portalError("validation_failed", {
          message: "There is no such item.",
          details: { id },
        })
      }
      return { id: known?.id ?? null, variant_id: variant, quantity }
    })
  if (!left.length) {
    throw portalError("validation_failed", {
      message: "At least one item has to be left.",
    })
  }
  return left
}

function requireSellable(
  plan: SubscriptionPlanDTO | undefined,
  variant: CatalogueVariant | undefined
): asserts variant is CatalogueVariant {
  if (variant?.product.status !== ProductStatus.PUBLISHED) {
    throw portalError("plan_not_offered")
  }
  requireOffered(plan, {
    product_id: variant.product.id,
    variant_id: variant.id,
  })
}

/** A product of another shop is no offer of this one. */
async function requireSoldHere(
  container: MedusaContainer,
  { sales_channel_id }: BillingSubscription,
  variants: CatalogueVariant[]
): Promise<void> {
  const products = [...new Set(variants.map(({ product }) => product.id))]
  if (!sales_channel_id || !products.length) {
    return
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product_sales_channel",
    fields: ["product_id"],
    filters: { product_id: products, sales_channel_id: [sales_channel_id] },
  })
  const sold = new Set(
    (data as { product_id: string }[]).map(({ product_id }) => product_id)
  )
  if (products.some((id) => !sold.has(id))) {
    throw portalError("plan_not_offered")
  }
}

type PricedVariant = Omit<
  BillingItem,
  "id" | "quantity" | "origin_line_item_id"
>

/** What variants cost under the plan today, by variant. */
async function priceFresh(
  container: MedusaContainer,
  subscription: BillingSubscription,
  plan: SubscriptionPlanDTO,
  variants: CatalogueVariant[]
): Promise<(variantId: string) => PricedVariant> {
  const { currency_code } = subscription
  const prices = await loadCurrentPrices(container, [
    {
      ...subscription,
      plan: { ...billingPlan(plan), price_policy: "current" },
      items: variants.map(({ id }) => ({ variant_id: id }) as BillingItem),
    },
  ])
  const byId = new Map(variants.map((variant) => [variant.id, variant]))
  return (variantId) => {
    const variant = byId.get(variantId)
    const price = prices(subscription.id, variantId)
    if (!variant || !price) {
      throw portalError("plan_not_offered")
    }
    return {
      variant_id: variantId,
      product_id: variant.product.id,
      title: variant.product.title,
      list_unit_price: price.amount,
      is_tax_inclusive: price.is_tax_inclusive,
      unit_price: planUnitPrice({
        list_unit_price: price.amount,
        discount: plan.recurring_discount,
        currency_code,
        decimals: currencyDecimals(currency_code),
      }),
    }
  }
}

function actionsOf(
  { plan_id, items }: BillingSubscription,
  terms: NewTerms
): SubscriptionAction[] {
  const isSame =
    items.length === terms.items.length &&
    items.every((item) =>
      terms.items.some(
        (next) =>
          next.id === item.id &&
          next.variant_id === item.variant_id &&
          next.quantity === item.quantity
      )
    )
  return [
    ...(plan_id === terms.plan_id ? [] : (["change_plan"] as const)),
    ...(isSame ? [] : (["change_items"] as const)),
  ]
}

function billingPlan(plan: SubscriptionPlanDTO): BillingPlan {
  return plan
}
