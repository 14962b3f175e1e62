import { randomBytes } from "node:crypto"

import { SUBSCRIPTION_MODULE } from "../../src/modules/subscription"
import type SubscriptionModuleService from "../../src/modules/subscription/service"
import { CUSTOMER_ACTIONS } from "../../src/types"
import { addSubscriptionItemWorkflow } from "../../src/workflows/carts/add-subscription-item"
import type { PortalTestApp } from "./app"
import { addShipping, createCart } from "./carts"
import type { HttpClient } from "./http"

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

/** A cart with subscription lines of a customer, or of a guest with an e-mail. */
export async function createSubscriptionCart(
  app: PortalTestApp,
  client: HttpClient,
  input: {
    lines: { sku: string; plan: { id: string }; quantity?: number }[]
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
  for (const { sku, plan, quantity = 1 } of input.lines) {
    await addSubscriptionItemWorkflow(app.container()).run({
      input: {
        cart_id: cart.id,
        variant_id: app.seed.variants[sku]?.id ?? "",
        plan_id: plan.id,
        quantity,
      },
    })
  }
  if (input.shipping) {
    await addShipping(client, cart.id, region.shipping.standard)
  }
  return cart.id
}
