import { planPrices } from "../../modules/subscription/domain/plan-pricing"
import { CodedError } from "../../shared/coded-error"
import type { StorePlanPrice, StoreSubscriptionPlan } from "../../types/plans"
import type { SubscriptionPlanDTO } from "../../types/subscription"

/** A variant that has a price in the region. */
export type OfferedVariant = {
  id: string
  list_unit_price: number
  is_tax_inclusive: boolean
}

/** A plan, and for which variants of the product; null stands for all. */
export type PlanOffer = {
  plan: SubscriptionPlanDTO
  variant_ids: (string | null)[]
}

/**
 * The plan with the prices of its variants.
 *
 * @returns undefined where no variant can be bought under it
 */
export function priceOffer(
  { plan, variant_ids }: PlanOffer,
  variants: readonly OfferedVariant[],
  currencyCode: string
): StoreSubscriptionPlan | undefined {
  const prices = variants
    .filter(({ id }) => variant_ids.includes(null) || variant_ids.includes(id))
    .flatMap((variant) => priceVariant(plan, variant, currencyCode) ?? [])
  if (!prices.length) {
    return undefined
  }
  return {
    id: plan.id,
    handle: plan.handle,
    name: plan.name,
    description: plan.description,
    interval: plan.interval,
    interval_count: plan.interval_count,
    trial_days: plan.trial_days,
    trial_requires_payment_method: plan.trial_requires_payment_method,
    min_cycles: plan.min_cycles,
    max_cycles: plan.max_cycles,
    prepaid_renews: plan.prepaid_renews,
    anchor_type: plan.anchor_type,
    anchor_day: plan.anchor_day,
    price_policy: plan.price_policy,
    customer_actions: plan.customer_actions,
    currency_code: currencyCode,
    variants: prices,
  }
}

function priceVariant(
  plan: SubscriptionPlanDTO,
  { id, list_unit_price, is_tax_inclusive }: OfferedVariant,
  currencyCode: string
): StorePlanPrice | undefined {
  try {
    return {
      variant_id: id,
      currency_code: currencyCode,
      is_tax_inclusive,
      ...planPrices({ plan, list_unit_price, currency_code: currencyCode }),
    }
  } catch (error) {
    // A plan that says nothing of this currency is not offered in it. A merchant's
    // mistake in one plan must not hide the others either.
    if (error instanceof CodedError) {
      return undefined
    }
    throw error
  }
}
