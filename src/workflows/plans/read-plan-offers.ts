/** What plans a product can be bought under, and for how much in a region. */
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  Modules,
  ProductStatus,
  QueryContext,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { StoreSubscriptionPlan } from "../../types/plans"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import { priceOffer, type OfferedVariant, type PlanOffer } from "./price-offer"

export type PlanOffersInput = {
  product_id: string
  region_id: string
  /** Must be the region's, where given. */
  currency_code?: string
  /** Must be one of the region's countries, where given. */
  country_code?: string
  /** Whose customer groups count; nobody's where left out. */
  customer_id?: string
  /** The product must be sold in one of them. */
  sales_channel_ids: string[]
}

/** No product is offered under more plans; a bound on the work of one request. */
const MAX_PLANS = 100

/**
 * The active plans of a published product, oldest first, with the price of each
 * variant that can be bought under them. A variant without a price in the region
 * and a plan without an amount in its currency are not offered.
 *
 * @throws `not_found`: no such product, not published, or not sold here
 * @throws `validation_failed`, `currency_mismatch`: the region does not fit
 */
export async function readPlanOffers(
  container: MedusaContainer,
  input: PlanOffersInput
): Promise<StoreSubscriptionPlan[]> {
  const [region, groups] = await Promise.all([
    loadRegion(container, input),
    loadCustomerGroups(container, input.customer_id),
    requireSoldHere(container, input),
  ])
  const [variants, offers] = await Promise.all([
    loadVariants(container, input.product_id, { ...region, groups }),
    loadOffers(container, input.product_id),
  ])
  return offers.flatMap(
    (offer) => priceOffer(offer, variants, region.currency_code) ?? []
  )
}

type RegionRow = { currency_code: string; countries?: { iso_2: string }[] }

type ProductRow = {
  variants: {
    id: string
    calculated_price?: {
      calculated_amount: number | null
      is_calculated_price_tax_inclusive: boolean
    } | null
  }[]
}

type Region = { region_id: string; currency_code: string }

async function loadRegion(
  container: MedusaContainer,
  { region_id, currency_code, country_code }: PlanOffersInput
): Promise<Region> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["id", "currency_code", "countries.iso_2"],
    filters: { id: [region_id] },
  })
  const [region] = data as unknown as RegionRow[]
  if (!region) {
    throw portalError("validation_failed", {
      message: "There is no such region.",
      details: { region_id },
    })
  }
  if (currency_code && currency_code !== region.currency_code) {
    throw portalError("currency_mismatch", {
      message: `The region's currency is "${region.currency_code}".`,
      details: { currency_code: region.currency_code },
    })
  }
  const countries = region.countries ?? []
  if (country_code && !countries.some((one) => one.iso_2 === country_code)) {
    throw portalError("validation_failed", {
      message: "The country does not belong to the region.",
      details: { country_code },
    })
  }
  return { region_id, currency_code: region.currency_code }
}

async function loadCustomerGroups(
  container: MedusaContainer,
  customerId: string | undefined
): Promise<{ id: string }[] | undefined> {
  if (!customerId) {
    return undefined
  }
  const groups = await container
    .resolve(Modules.CUSTOMER)
    .listCustomerGroups({ customers: customerId }, { select: ["id"] })
  return groups.map(({ id }) => ({ id }))
}

async function requireSoldHere(
  container: MedusaContainer,
  { product_id, sales_channel_ids }: PlanOffersInput
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product_sales_channel",
    fields: ["product_id"],
    filters: { product_id: [product_id], sales_channel_id: sales_channel_ids },
  })
  if (!data.length || !sales_channel_ids.length) {
    throw noProduct()
  }
}

async function loadVariants(
  container: MedusaContainer,
  productId: string,
  { region_id, currency_code, groups }: Region & { groups?: { id: string }[] }
): Promise<OfferedVariant[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "variants.id", "variants.calculated_price.*"],
    filters: { id: [productId], status: ProductStatus.PUBLISHED },
    context: {
      variants: {
        calculated_price: QueryContext({
          region_id,
          currency_code,
          ...(groups && { customer: { groups } }),
        }),
      },
    },
  })
  const [product] = data as unknown as ProductRow[]
  if (!product) {
    throw noProduct()
  }
  return product.variants.flatMap(({ id, calculated_price: price }) =>
    typeof price?.calculated_amount === "number"
      ? [
          {
            id,
            list_unit_price: price.calculated_amount,
            is_tax_inclusive: price.is_calculated_price_tax_inclusive,
          },
        ]
      : []
  )
}

async function loadOffers(
  container: MedusaContainer,
  productId: string
): Promise<PlanOffer[]> {
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const plans = (await service.listPortalSubscriptionPlans(
    { status: "active", targets: { product_id: productId } },
    { take: MAX_PLANS, order: { created_at: "ASC", id: "ASC" } }
  )) as unknown as SubscriptionPlanDTO[]
  if (!plans.length) {
    return []
  }
  const targets = await service.listPortalSubscriptionPlanTargets({
    plan_id: plans.map(({ id }) => id),
    product_id: productId,
  })
  return plans.map((plan) => ({
    plan,
    variant_ids: targets
      .filter(({ plan_id }) => plan_id === plan.id)
      .map(({ variant_id }) => variant_id),
  }))
}

function noProduct() {
  return portalError("not_found", { message: "There is no such product." })
}
