import { Modules } from "@medusajs/framework/utils"

import { SUBSCRIPTION_MODULE } from "../../src/modules/subscription"
import { cyclePeriod } from "../../src/modules/subscription/domain/billing-schedule"
import type SubscriptionModuleService from "../../src/modules/subscription/service"
import type { SubscriptionPlanDTO } from "../../src/types"
import type { PortalTestApp } from "./app"
import { STRIPE_PROVIDER, SYSTEM_PROVIDER } from "./checkout"
import { createStripeClient } from "./payment-stripe-loopback/stripe-client"

export type SubscriptionFixture = {
  id: string
  cycleId: string
  planId: string
  customerId: string
  paymentMethodId: string | null
}

export type SubscriptionFixtureInput = {
  count?: number
  sku?: string
  quantity?: number
  currency?: string
  provider?: string
  /** Stripe's test card that is saved. Default: a Visa that works. */
  card?: string
  /** The purchase. Renewals are monthly from here. */
  startedAt?: string
  plan?: Partial<SubscriptionPlanDTO>
  unitPrice?: number
  /** Percent of tax at the purchase. Default: not known. */
  taxRate?: number
  shippingOptionId?: string | null
  /** Whose they are. Default: a new customer, without a login. */
  customer?: { id: string; email: string }
  /** What they are paid with. Default: a card that is saved for them. */
  payment?: { accountHolderId: string; paymentMethodId: string }
}

export const STARTED_AT = "2026-01-31T10:00:00.000Z"
export const FIRST_RENEWAL = "2026-02-28T10:00:00.000Z"

/** What the fixtures need of a store; the benchmarks have no more. */
type FixtureStore = Pick<PortalTestApp, "container" | "seed" | "stripe">

let serial = 0

/**
 * Subscriptions as a purchase leaves them, without buying each: for tests that need
 * many. They are real rows of the module, with a plan, an item, the paid cycle of
 * the purchase and the scheduled one of the first renewal.
 */
export async function makeSubscriptions(
  app: FixtureStore,
  input: SubscriptionFixtureInput = {}
): Promise<SubscriptionFixture[]> {
  const service = module_(app)
  const region = app.seed.regions[input.currency ?? "eur"]
  const variant = app.seed.variants[input.sku ?? "COFFEE-250"]
  if (!region || !variant) {
    throw new Error("No such market or variant")
  }
  const provider = input.provider ?? SYSTEM_PROVIDER
  const plan = await makePlan(app, input.plan)
  const customer =
    input.customer ??
    (await app
      .container()
      .resolve(Modules.CUSTOMER)
      .createCustomers({
        email: `subscriber-${++serial}@shop.test`,
        has_account: true,
      }))
  const payment =
    input.payment ??
    (provider === STRIPE_PROVIDER
      ? await saveCard(app, customer, input.card)
      : { accountHolderId: null, paymentMethodId: null })
  const schedule = {
    anchor_at: new Date(input.startedAt ?? STARTED_AT),
    anchor_day_of_month: null,
    timezone: "UTC",
    interval: plan.interval,
    interval_count: plan.interval_count,
  }
  const address = {
    first_name: "Clara",
    last_name: "Customer",
    address_1: "Hafenstr. 1",
    city: "Hamburg",
    postal_code: "20457",
    country_code: region.countries[0] ?? "de",
  }
  const fixtures: SubscriptionFixture[] = []
  for (let index = 0; index < (input.count ?? 1); index++) {
    const order = `order_origin_${++serial}`
    const paid = cyclePeriod(schedule, 0)
    const next = cyclePeriod(schedule, 1)
    const cycle = (sequence: number, period: typeof paid) => ({
      sequence,
      period_index: sequence,
      period_start: period.start.toISOString(),
      period_end: period.end.toISOString(),
      due_at: period.start.toISOString(),
    })
    const [id] = await service.insertSubscriptions({
      cart_id: `cart_origin_${serial}`,
      drafts: [
        {
          status: "active",
          customer_id: customer.id,
          email: customer.email,
          plan_id: plan.id,
          currency_code: region.currency,
          region_id: region.id,
          sales_channel_id: app.seed.salesChannelId,
          locale: null,
          ...schedule,
          anchor_at: schedule.anchor_at.toISOString(),
          period_offset: 1,
          provider_id: provider,
          account_holder_id: payment.accountHolderId,
          payment_method_id: payment.paymentMethodId,
          shipping_address: address,
          billing_address: address,
          shipping_option_id:
            input.shippingOptionId === undefined
              ? region.shipping.standard
              : input.shippingOptionId,
          origin_order_id: order,
          started_at: schedule.anchor_at.toISOString(),
          trial_ends_at: null,
          min_cycles: plan.min_cycles,
          max_cycles: plan.max_cycles,
          items: [
            {
              product_id: variant.productId,
              variant_id: variant.id,
              title: "Coffee",
              quantity: input.quantity ?? 1,
              unit_price: input.unitPrice ?? 9.41,
              list_unit_price: 9.9,
              is_tax_inclusive: region.taxInclusive,
              origin_line_item_id: `ordli_origin_${serial}`,
              tax_rate: input.taxRate ?? null,
            },
          ],
          cycles: [
            {
              ...cycle(0, paid),
              status: "completed",
              next_attempt_at: null,
              amount: 9.41,
              order_id: order,
              paid_at: paid.start.toISOString(),
              completed_at: paid.start.toISOString(),
            },
            {
              ...cycle(1, next),
              status: "scheduled",
              next_attempt_at: next.start.toISOString(),
              amount: null,
              order_id: null,
              paid_at: null,
              completed_at: null,
            },
          ],
        },
      ],
    })
    if (!id) {
      throw new Error("The subscription was not made")
    }
    // What tests count is what they do, and not the mail of the purchase.
    const started = await service.listNoticesOf([id])
    await service.finishNotices(started.map((notice) => notice.id))
    const open = await service.getOpenCycle(id)
    fixtures.push({
      id,
      cycleId: open?.id ?? "",
      planId: plan.id,
      customerId: customer.id,
      paymentMethodId: payment.paymentMethodId,
    })
  }
  return fixtures
}

type PlanInput = { handle: string; name: string; interval: "month" }

/** A monthly plan that takes 5 % off. */
export async function makePlan(
  app: FixtureStore,
  plan: Partial<SubscriptionPlanDTO> = {}
): Promise<SubscriptionPlanDTO> {
  const created = await module_(app).createPortalSubscriptionPlans({
    handle: `plan-${++serial}`,
    name: "Monthly",
    interval: "month",
    interval_count: 1,
    recurring_discount: { type: "percent", value: 5 },
    customer_actions: {},
    ...plan,
  } as unknown as PlanInput)
  return created as unknown as SubscriptionPlanDTO
}

/** A customer at Stripe with a saved card, as a checkout leaves them. */
export async function saveCard(
  app: FixtureStore,
  customer: { id: string; email: string },
  card = "pm_card_visa"
): Promise<{ accountHolderId: string; paymentMethodId: string }> {
  const holder = await app
    .container()
    .resolve(Modules.PAYMENT)
    .createAccountHolder({
      provider_id: STRIPE_PROVIDER,
      context: { customer },
    })
  const saved = await createStripeClient(
    app.stripe().url
  ).paymentMethods.attach(card, { customer: holder.external_id })
  return { accountHolderId: holder.id, paymentMethodId: saved.id }
}

function module_(app: FixtureStore): SubscriptionModuleService {
  return app.container().resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
}
