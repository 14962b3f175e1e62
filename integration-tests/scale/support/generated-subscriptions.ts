import { SUBSCRIPTION_MODULE } from "../../../src/modules/subscription"
import { cyclePeriod } from "../../../src/modules/subscription/domain/billing-schedule"
import { planUnitPrice } from "../../../src/modules/subscription/domain/plan-pricing"
import type SubscriptionModuleService from "../../../src/modules/subscription/service"
import { currencyDecimals } from "../../../src/shared/money"
import { makePlan, type PortalTestApp } from "../../helpers"
import type { GeneratedCase } from "./generated-cases"

/** Who subscribes, and how it is paid. */
export type Subscriber = {
  customer: { id: string; email: string }
  provider: string
  accountHolderId: string | null
  paymentMethodId: string | null
}

let serial = 0

/** Makes a drawn subscription, bought at `startedAt`. Answers its id. */
export async function makeGenerated(
  app: PortalTestApp,
  one: GeneratedCase,
  subscriber: Subscriber,
  startedAt: string
): Promise<string> {
  const service = app
    .container()
    .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const region = app.seed.regions[one.currency]
  if (!region) {
    throw new Error(`No market with ${one.currency}`)
  }
  const plan = await makePlan(app, {
    price_policy: one.price_policy,
    recurring_discount: one.discount,
    stock_policy: "charge",
  })
  const schedule = {
    anchor_at: new Date(startedAt),
    anchor_day_of_month: null,
    timezone: "UTC",
    interval: "month" as const,
    interval_count: 1,
  }
  const address = {
    first_name: "Clara",
    last_name: "Customer",
    address_1: "Hafenstr. 1",
    city: "Somewhere",
    postal_code: "20457",
    country_code: one.country,
    province: one.province,
  }
  const origin = `order_generated_${++serial}`
  const [id] = await service.insertSubscriptions({
    cart_id: `cart_generated_${serial}`,
    drafts: [
      {
        status: "active",
        customer_id: subscriber.customer.id,
        email: subscriber.customer.email,
        plan_id: plan.id,
        currency_code: one.currency,
        region_id: region.id,
        sales_channel_id: app.seed.salesChannelId,
        locale: null,
        ...schedule,
        anchor_at: startedAt,
        period_offset: 1,
        provider_id: subscriber.provider,
        account_holder_id: subscriber.accountHolderId,
        payment_method_id: subscriber.paymentMethodId,
        shipping_address: address,
        billing_address: address,
        shipping_option_id: one.shipping && region.shipping[one.shipping],
        origin_order_id: origin,
        started_at: startedAt,
        trial_ends_at: null,
        min_cycles: null,
        max_cycles: null,
        items: one.items.map((item, index) => itemOf(app, one, item, index)),
        cycles: [0, 1].map((sequence) => {
          const { start, end } = cyclePeriod(schedule, sequence)
          const [from, to] = [start.toISOString(), end.toISOString()]
          const isPaid = sequence === 0
          return {
            sequence,
            period_index: sequence,
            period_start: from,
            period_end: to,
            due_at: from,
            status: isPaid ? "completed" : "scheduled",
            next_attempt_at: isPaid ? null : from,
            amount: isPaid ? 1 : null,
            order_id: isPaid ? origin : null,
            paid_at: isPaid ? from : null,
            completed_at: isPaid ? from : null,
          }
        }),
      },
    ],
  })
  if (!id) {
    throw new Error("The subscription was not made")
  }
  const started = await service.listNoticesOf([id])
  await service.finishNotices(started.map((notice) => notice.id))
  return id
}

function itemOf(
  app: PortalTestApp,
  { currency, discount }: GeneratedCase,
  item: GeneratedCase["items"][number],
  index: number
) {
  const variant = app.seed.variants[item.sku]
  if (!variant) {
    throw new Error(`No variant ${item.sku}`)
  }
  return {
    product_id: variant.productId,
    variant_id: variant.id,
    title: item.sku,
    quantity: item.quantity,
    list_unit_price: item.list_unit_price,
    unit_price: planUnitPrice({
      list_unit_price: item.list_unit_price,
      discount,
      currency_code: currency,
      decimals: currencyDecimals(currency),
    }),
    is_tax_inclusive: item.is_tax_inclusive,
    origin_line_item_id: `ordli_generated_${serial}_${index}`,
  }
}
