import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { Actor } from "../../modules/subscription/domain/actions/action-context"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import { requireQuantity } from "../carts/item-change"
import type { SubscriptionCart } from "../carts/load-cart"
import { loadPlans, requireOffered } from "../carts/offered-plan"
import { priceItems } from "../carts/price-items"
import {
  loadCatalogue,
  type CatalogueVariant,
} from "../renewals/quote/load-catalogue"
import type { DeliveryAddress } from "../subscription-actions/find-delivery"
import type { PaymentSource } from "./purchase"

type Json = Record<string, unknown>

/** Clocks of two computers differ by so much at most. */
const CLOCK_SKEW_MS = 5 * 60 * 1000

/** What somebody agreed with a customer. Amounts in major units. */
export type NewSubscription = {
  /** Making it again with the same key finds the first one. */
  idempotency_key?: string
  customer_id: string
  plan_id: string
  region_id: string
  /** Left out: the store's default channel. */
  sales_channel_id?: string | null
  locale?: string | null
  items: {
    variant_id: string
    quantity: number
    /** Left out: what the plan asks today. Not under a plan that follows prices. */
    unit_price?: number
  }[]
  /** Left out: the next run of the renewals. A plan's fixed day moves it on. */
  first_charge_at?: Date
  /** When the customer began, where that was before. Left out: now. */
  started_at?: Date
  shipping_address: DeliveryAddress | null
  billing_address: Json | null
  /** Left out: the cheapest that reaches the address. null: nothing is shipped. */
  shipping_option_id?: string | null
  /** What later charges are paid with. `NO_PAYMENT_SOURCE`: it is incomplete until
   * the customer gives one. */
  payment: PaymentSource
  /** The one that ended, and which this goes on from. */
  resubscribed_from_id?: string
  metadata?: Json | null
  actor: Actor
}

/** {@link NewSubscription} with everything that it refers to. */
export type Agreement = {
  input: NewSubscription
  plan: SubscriptionPlanDTO
  email: string
  currency_code: string
  sales_channel_id: string | null
  timezone: string
  now: Date
  /** Shipping profiles of the goods that are shipped. */
  shipping_profile_ids: string[]
  items: {
    product_id: string
    variant_id: string
    title: string
    quantity: number
    unit_price: number
    list_unit_price: number
    is_tax_inclusive: boolean
  }[]
}

/**
 * Reads and checks what an agreement refers to; writes nothing.
 *
 * @throws `not_found`, `plan_not_offered`, `plan_archived`, `quantity_invalid`,
 * `currency_mismatch`, `date_out_of_range`, `validation_failed`
 */
export async function loadAgreement(
  container: MedusaContainer,
  input: NewSubscription
): Promise<Agreement> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const now = await runtime.now()
  const { first_charge_at: first, started_at: started } = input
  if (first && first.getTime() < now.getTime() - CLOCK_SKEW_MS) {
    throw outOfRange("first_charge_at")
  }
  if (started && started.getTime() > (first ?? now).getTime()) {
    throw outOfRange("started_at")
  }
  const [customer, region, plans, catalogue, channel] = await Promise.all([
    loadCustomer(container, input.customer_id),
    loadRegion(container, input.region_id),
    loadPlans(container, [input.plan_id]),
    loadCatalogue(
      container,
      input.items.map(({ variant_id }) => variant_id)
    ),
    channelOf(container, input),
  ])
  const plan = plans.get(input.plan_id)
  if (!plan) {
    throw portalError("not_found", { message: "There is no such plan." })
  }
  return {
    input,
    plan,
    email: customer.email,
    currency_code: region.currency_code,
    sales_channel_id: channel,
    timezone: runtime.options.timezone,
    now,
    shipping_profile_ids: [...catalogue.values()].flatMap(
      ({ product }) => product.shipping_profile?.id ?? []
    ),
    items: await priced(container, {
      input,
      plan,
      customer,
      region,
      catalogue,
    }),
  }
}

type Customer = { id: string; email: string; groups?: { id: string }[] }
type Region = { id: string; currency_code: string }

async function priced(
  container: MedusaContainer,
  {
    input,
    plan,
    customer,
    region,
    catalogue,
  }: {
    input: NewSubscription
    plan: SubscriptionPlanDTO
    customer: Customer
    region: Region
    catalogue: Map<string, CatalogueVariant>
  }
): Promise<Agreement["items"]> {
  const variants = input.items.map(({ variant_id, quantity, unit_price }) => {
    const variant = catalogue.get(variant_id)
    if (!variant) {
      throw portalError("not_found", { message: "There is no such variant." })
    }
    requireOffered(plan, { variant_id, product_id: variant.product.id })
    requireQuantity(quantity)
    if (unit_price !== undefined && plan.price_policy === "current") {
      throw portalError("validation_failed", {
        message: "The plan charges the price of the day: name none.",
        details: { variant_id },
      })
    }
    return variant
  })
  if (new Set(variants.map(({ id }) => id)).size < variants.length) {
    throw portalError("validation_failed", {
      message: "Name each variant once, with its quantity.",
    })
  }
  const prices = await priceItems(
    container,
    pricingContext(region, customer),
    input.items.map(({ variant_id, quantity }) => ({
      variant_id,
      quantity,
      plan,
    }))
  )
  return input.items.map(({ variant_id, quantity, unit_price }, index) => {
    const price = prices[index]
    const variant = variants[index]
    if (!price?.ok || !variant) {
      throw price && !price.ok ? price.error : portalError("currency_mismatch")
    }
    const { recurring_unit_price, list_unit_price, is_tax_inclusive } =
      price.prices
    return {
      product_id: variant.product.id,
      variant_id,
      title: variant.product.title,
      quantity,
      unit_price: unit_price ?? recurring_unit_price,
      list_unit_price,
      is_tax_inclusive,
    }
  })
}

/** A cart that nobody has: prices are those that it would show. */
function pricingContext(region: Region, customer: Customer): SubscriptionCart {
  const { id: region_id, currency_code } = region
  return {
    id: "",
    region_id,
    currency_code,
    completed: false,
    lines: [],
    promo_codes: [],
    context: { region_id, currency_code, customer_id: customer.id, customer },
  }
}

async function loadCustomer(
  container: MedusaContainer,
  id: string
): Promise<Customer> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "customer",
    fields: ["id", "email", "groups.id"],
    filters: { id: [id] },
  })
  const [customer] = data as unknown as Customer[]
  if (!customer) {
    throw portalError("not_found", { message: "There is no such customer." })
  }
  return customer
}

async function loadRegion(
  container: MedusaContainer,
  id: string
): Promise<Region> {
  const [region] = await container
    .resolve(Modules.REGION)
    .listRegions({ id: [id] }, { select: ["id", "currency_code"], take: 1 })
  if (!region) {
    throw portalError("not_found", { message: "There is no such region." })
  }
  return region
}

/** @throws `not_found` */
async function channelOf(
  container: MedusaContainer,
  { sales_channel_id: id }: NewSubscription
): Promise<string | null> {
  if (!id) {
    const [store] = await container
      .resolve(Modules.STORE)
      .listStores({}, { select: ["default_sales_channel_id"], take: 1 })
    return store?.default_sales_channel_id ?? null
  }
  const [channel] = await container
    .resolve(Modules.SALES_CHANNEL)
    .listSalesChannels({ id: [id] }, { select: ["id"], take: 1 })
  if (!channel) {
    throw portalError("not_found", { message: "There is no such channel." })
  }
  return channel.id
}

function outOfRange(field: string) {
  return portalError("date_out_of_range", { details: { field } })
}
