import { randomBytes } from "node:crypto"

import { SUBSCRIPTION_MODULE } from "../../src/modules/subscription"
import type SubscriptionModuleService from "../../src/modules/subscription/service"
import { CUSTOMER_ACTIONS } from "../../src/types"
import { addSubscriptionItemWorkflow } from "../../src/workflows/carts/add-subscription-item"
import type { PortalTestApp } from "./app"
import { addShipping, createCart } from "./carts"
import { eventually } from "./eventually"
import { ok, type HttpClient, type HttpResponse, type Json } from "./http"

export type TestPlan = { id: string; interval: string; trial_days: number }

/** A plan for the products of some SKUs: monthly, unless told. */
export async function createPlan(
  app: PortalTestApp,
  skus: string[],
  input: Record<string, unknown> = {}
): Promise<TestPlan> {
  const handle = `plan-${randomBytes(4).toString("hex")}`
  const service = app
    .container()
    .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const plan = await service.createPortalSubscriptionPlans({
    handle,
    name: handle,
    interval: "month",
    customer_actions: Object.fromEntries(
      CUSTOMER_ACTIONS.map((action) => [action, true])
    ),
    ...input,
  })
  await service.createPortalSubscriptionPlanTargets(
    skus.map((sku) => ({
      plan_id: plan.id,
      product_id: app.seed.variants[sku]?.productId ?? "",
    }))
  )
  return plan
}

export type SubscriptionLine = {
  sku: string
  plan: { id: string }
  quantity?: number
}

/** Puts a subscription line into a cart. */
export async function addSubscription(
  app: PortalTestApp,
  cartId: string,
  { sku, plan, quantity = 1 }: SubscriptionLine
): Promise<void> {
  await addSubscriptionItemWorkflow(app.container()).run({
    input: {
      cart_id: cartId,
      variant_id: app.seed.variants[sku]?.id ?? "",
      plan_id: plan.id,
      quantity,
    },
  })
}

/** A cart with subscription lines of a customer, or of a guest with an e-mail. */
export async function createSubscriptionCart(
  app: PortalTestApp,
  client: HttpClient,
  input: {
    lines: SubscriptionLine[]
    /** Ordinary lines besides. */
    once?: string[]
    email?: string
    shipping?: boolean
  }
): Promise<string> {
  const region = app.seed.regions.eur
  if (!region) {
    throw new Error("The seed has no market with eur")
  }
  const cart = await createCart(client, {
    regionId: region.id,
    country: "de",
    email: input.email,
    lines: (input.once ?? []).map((sku) => ({
      variantId: app.seed.variants[sku]?.id ?? "",
    })),
  })
  for (const line of input.lines) {
    await addSubscription(app, cart.id, line)
  }
  if (input.shipping) {
    await addShipping(client, cart.id, region.shipping.standard)
  }
  return cart.id
}

/** Asks for a payment session and answers whatever comes back. */
export async function startPayment(
  client: HttpClient,
  cartId: string,
  body: Json
): Promise<HttpResponse<Json>> {
  const { payment_collection: collection } = ok(
    await client.post<{ payment_collection: { id: string } }>(
      "/store/payment-collections",
      { cart_id: cartId }
    )
  )
  return client.post(
    `/store/payment-collections/${collection.id}/payment-sessions`,
    body
  )
}

/** The rows of the subscriptions, as soon as there are so many. */
export async function eventuallySubscriptions(
  app: PortalTestApp,
  count = 1
): Promise<Json[]> {
  return eventually(
    async () => {
      const rows = await app.db<Json>(
        "select * from portal_subscription order by created_at, id"
      )
      return rows.length >= count ? rows : undefined
    },
    { what: `${count} subscriptions` }
  )
}
