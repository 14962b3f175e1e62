import { planUnitPrice } from "../../../modules/subscription/domain/plan-pricing"
import {
  isPrepaid,
  prepaidPeriods,
  pricePeriods,
} from "../../../modules/subscription/domain/prepaid"
import type {
  BillingItem,
  BillingSubscription,
} from "../../../modules/subscription/domain/billing"
import { currencyDecimals } from "../../../shared/money"
import type { QuoteItem } from "../../../types/quote"
import type { CurrentPrice, CurrentPrices } from "./current-prices"
import type { CatalogueVariant } from "./load-catalogue"

/** Why a period cannot be priced; nothing is charged then. */
export type QuoteProblem =
  "variant_unavailable" | "price_unavailable" | "shipping_unavailable"

/**
 * The order lines of a subscription: what is sold as the catalogue has it today,
 * at the price that the plan promises.
 */
export function priceItems(
  subscription: BillingSubscription,
  catalogue: Map<string, CatalogueVariant>,
  prices: CurrentPrices,
  lineId: () => string
): QuoteItem[] | QuoteProblem {
  const items: QuoteItem[] = []
  for (const item of subscription.items) {
    const variant = catalogue.get(item.variant_id)
    if (!variant || variant.product.status === "draft") {
      return "variant_unavailable"
    }
    const price = priceOf(
      subscription,
      item,
      prices(subscription.id, item.variant_id)
    )
    if (!price) {
      return "price_unavailable"
    }
    items.push({
      id: lineId(),
      ...describe(item, variant),
      ...withPrepayment(subscription, withOffer(subscription, price)),
    })
  }
  return items.length ? items : "variant_unavailable"
}

type LinePrice = Pick<
  QuoteItem,
  "unit_price" | "compare_at_unit_price" | "is_tax_inclusive"
>

function priceOf(
  { plan, currency_code }: BillingSubscription,
  item: BillingItem,
  current: CurrentPrice | undefined
): LinePrice | null {
  if (plan.price_policy === "grandfathered") {
    return {
      unit_price: item.unit_price,
      compare_at_unit_price: higher(item.list_unit_price, item.unit_price),
      is_tax_inclusive: item.is_tax_inclusive,
    }
  }
  if (!current) {
    return null
  }
  const unit_price = planUnitPrice({
    list_unit_price: current.amount,
    discount: plan.recurring_discount,
    currency_code,
    decimals: currencyDecimals(currency_code),
  })
  return {
    unit_price,
    compare_at_unit_price: higher(current.amount, unit_price),
    is_tax_inclusive: current.is_tax_inclusive,
  }
}

/** The price of all periods that the charge pays; nothing where it pays none. */
function withPrepayment(
  subscription: BillingSubscription,
  price: LinePrice
): LinePrice {
  const periods = prepaidPeriods(subscription)
  if (periods === 1) {
    return price
  }
  if (periods === 0) {
    return { ...price, unit_price: 0, compare_at_unit_price: null }
  }
  const { compare_at_unit_price: list } = price
  const decimals = currencyDecimals(subscription.currency_code)
  return {
    ...price,
    unit_price: pricePeriods(price.unit_price, periods, decimals),
    compare_at_unit_price: list && pricePeriods(list, periods, decimals),
  }
}

/** The share off that an accepted offer gives on the next charges. */
function withOffer(
  subscription: BillingSubscription,
  price: LinePrice
): LinePrice {
  const percent = offeredPercent(subscription)
  if (percent === null) {
    return price
  }
  const { currency_code } = subscription
  const unit_price = planUnitPrice({
    list_unit_price: price.unit_price,
    discount: { type: "percent", value: percent },
    currency_code,
    decimals: currencyDecimals(currency_code),
  })
  return {
    ...price,
    unit_price,
    compare_at_unit_price:
      price.compare_at_unit_price ?? higher(price.unit_price, unit_price),
  }
}

/** The percent off the items of a charge that is priced now; null: none. */
export function offeredPercent(
  subscription: BillingSubscription
): number | null {
  const { discount_percent, discount_cycles_left } = subscription
  // Where nothing is charged, nothing is given off, and the offer waits.
  return discount_cycles_left && !isPrepaid(subscription)
    ? discount_percent
    : null
}

function higher(list: number, price: number): number | null {
  return list > price ? list : null
}

/** A line of a variant as the catalogue has it today. */
export function describe(
  item: { id: string | null; quantity: number },
  variant: CatalogueVariant
): Omit<QuoteItem, "id" | keyof LinePrice> {
  const { product } = variant
  return {
    subscription_item_id: item.id,
    product_id: product.id,
    variant_id: variant.id,
    quantity: item.quantity,
    title: product.title,
    subtitle: variant.title,
    thumbnail: variant.thumbnail ?? product.thumbnail,
    product_title: product.title,
    product_description: product.description,
    product_subtitle: product.subtitle,
    product_type: product.type?.value ?? null,
    product_type_id: product.type?.id ?? null,
    product_collection: product.collection?.title ?? null,
    product_handle: product.handle,
    variant_sku: variant.sku,
    variant_barcode: variant.barcode,
    variant_title: variant.title,
    is_discountable: product.discountable,
    is_giftcard: product.is_giftcard,
    requires_shipping:
      Boolean(product.shipping_profile) ||
      variant.inventory_items.some((one) => one.inventory?.requires_shipping),
    tax_lines: [],
    adjustments: [],
  }
}
