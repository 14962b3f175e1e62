import { SUBSCRIPTION_MODULE } from "../../src/modules/subscription"
import type SubscriptionModuleService from "../../src/modules/subscription/service"
import { CUSTOMER_ACTIONS } from "../../src/types/subscription"
import type { PortalTestApp, TestCart } from "../helpers"
import { createCart, ok } from "../helpers"
import type { HttpClient, HttpResponse } from "../helpers/http"

export type Line = {
  id: string
  title: string
  variant_id: string | null
  quantity: number
  unit_price: number
  compare_at_unit_price: number | null
  is_tax_inclusive: boolean
  metadata: Record<string, unknown> | null
  adjustments: { amount: number }[]
}

export type Cart = Omit<TestCart, "items"> & {
  items: Line[]
  discount_total: number
  promotions: { code: string }[]
  payment_collection?: { id: string; amount: number; currency_code: string }
}

export type Row = {
  id: string
  line_item_id: string | null
  setup_fee_line_item_id: string | null
  quantity: number
  region_id: string
  currency_code: string
  first_unit_price: string
  recurring_unit_price: string
}

type PlanInput = Record<string, unknown> & { handle: string }

/** Creates a plan that is offered for variants, past the admin routes. */
export async function createPlan(
  app: PortalTestApp,
  skus: string[],
  input: PlanInput
): Promise<string> {
  const service = app
    .container()
    .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const plan = await service.createPortalSubscriptionPlans({
    name: input.handle,
    interval: "month",
    customer_actions: Object.fromEntries(
      CUSTOMER_ACTIONS.map((action) => [action, true])
    ),
    ...input,
  } as never)
  const { id } = plan as unknown as { id: string }
  await service.createPortalSubscriptionPlanTargets(
    skus.map((sku) => ({
      plan_id: id,
      product_id: app.seed.variants[sku]!.productId,
      variant_id: app.seed.variants[sku]!.id,
    })) as never
  )
  return id
}

/** An empty cart with an address in Germany, or elsewhere. */
export async function emptyCart(
  app: PortalTestApp,
  currency = "eur",
  country = "de",
  client: HttpClient = app.store
): Promise<string> {
  const cart = await createCart(client, {
    regionId: app.seed.regions[currency]!.id,
    country,
    lines: [],
    email: "guest@shop.test",
  })
  return cart.id
}

export function add(
  app: PortalTestApp,
  cartId: string,
  sku: string,
  plan_id: string,
  quantity = 1
): Promise<HttpResponse<{ cart: Cart }>> {
  return app.store.post<{ cart: Cart }>(
    `/store/carts/${cartId}/subscription-items`,
    { variant_id: app.seed.variants[sku]!.id, quantity, plan_id }
  )
}

export async function read(app: PortalTestApp, cartId: string): Promise<Cart> {
  return ok(await app.store.get<{ cart: Cart }>(`/store/carts/${cartId}`)).cart
}

export function rowsOf(app: PortalTestApp, cartId: string): Promise<Row[]> {
  return app.db<Row>(
    `select * from portal_cart_item where cart_id = ? and deleted_at is null
     order by created_at, id`,
    [cartId]
  )
}

/** All that a request could have written to a cart, to compare. */
export async function snapshot(
  app: PortalTestApp,
  cartId: string
): Promise<unknown> {
  const [lines, rows, cart] = await Promise.all([
    app.db(
      `select id, quantity, unit_price, metadata, deleted_at, updated_at
       from cart_line_item where cart_id = ? order by id`,
      [cartId]
    ),
    app.db(`select * from portal_cart_item where cart_id = ? order by id`, [
      cartId,
    ]),
    app.db(`select region_id, currency_code from cart where id = ?`, [cartId]),
  ])
  return { lines, rows, cart }
}

/** The line of a plan. */
export function lineOf(cart: Cart, planId: string): Line {
  const line = cart.items.find(
    (one) => one.metadata?.portal_plan_id === planId && one.variant_id
  )
  if (!line) {
    throw new Error("The cart has no line of this plan")
  }
  return line
}

export function feeOf(cart: Cart): Line | undefined {
  return cart.items.find((one) => !one.variant_id)
}

export async function createPromotion(
  app: PortalTestApp,
  code: string,
  percent: number
): Promise<void> {
  await app
    .container()
    .resolve("promotion")
    .createPromotions({
      code,
      type: "standard",
      status: "active",
      application_method: {
        type: "percentage",
        target_type: "items",
        allocation: "across",
        value: percent,
      },
    } as never)
}
