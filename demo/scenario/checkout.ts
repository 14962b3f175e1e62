import type { HttpTypes } from "@medusajs/framework/types"

import type {
  StorePlanPrice,
  StoreSubscriptionPlanListResponse,
} from "../../src/types/plans"
import type { SubscriptionListResponse } from "../../src/types/subscription-http"
import { expectSame, there, until } from "../checks"
import { get, post, type Stage } from "./stage"

const STRIPE = "pp_stripe_stripe"
export const CARD = "pm_card_visa"

const ADDRESS = {
  first_name: "Clara",
  last_name: "Customer",
  address_1: "Kastanienallee 12",
  postal_code: "10435",
  city: "Berlin",
  country_code: "de",
}

/** An empty cart of the customer's, with an address in Berlin. */
export async function newCart(stage: Stage): Promise<HttpTypes.StoreCart> {
  const region = there("The region", stage.seed.regions.eur)
  const { cart } = await stage.shop.store.cart.create({
    region_id: region.id,
    shipping_address: ADDRESS,
    billing_address: ADDRESS,
  })
  return cart
}

/** What a product page shows: the price of a variant under a plan. */
export async function readOffer(
  stage: Stage,
  sku: string,
  planId: string
): Promise<StorePlanPrice> {
  const variant = there(sku, stage.seed.variants[sku])
  const region = there("The region", stage.seed.regions.eur)
  const { subscription_plans: plans } =
    await get<StoreSubscriptionPlanListResponse>(
      stage.shop,
      `/store/products/${variant.productId}/subscription-plans`,
      { region_id: region.id, country_code: ADDRESS.country_code }
    )
  const plan = plans.find(({ id }) => id === planId)
  return there(
    `The offer for ${sku}`,
    plan?.variants.find((one) => one.variant_id === variant.id)
  )
}

/** Puts a subscription into a cart. */
export async function addSubscription(
  stage: Stage,
  cartId: string,
  line: { sku: string; planId: string; quantity: number }
): Promise<HttpTypes.StoreCart> {
  const { cart } = await post<{ cart: HttpTypes.StoreCart }>(
    stage.shop,
    `/store/carts/${cartId}/subscription-items`,
    {
      variant_id: there(line.sku, stage.seed.variants[line.sku]).id,
      plan_id: line.planId,
      quantity: line.quantity,
    }
  )
  return cart
}

/**
 * Opens a payment, confirms it with a card as Stripe.js does, and places the
 * order. Where nothing is due today the card is only saved.
 */
export async function payAndComplete(
  stage: Stage,
  cart: HttpTypes.StoreCart
): Promise<{ order: HttpTypes.StoreOrder; intent: string }> {
  const { store } = stage.shop
  const { payment_collection: collection } =
    await store.payment.initiatePaymentSession(cart, { provider_id: STRIPE })
  const session = there(
    "The payment session",
    collection.payment_sessions?.find((one) => one.provider_id === STRIPE)
  )
  const secret = String(session.data.client_secret)
  const status = await stage.stripe.confirm(secret, CARD)
  expectSame("The status of the payment at Stripe", status, "succeeded")

  const completed = await store.cart.complete(cart.id)
  if (completed.type !== "order") {
    throw new Error(`No order: ${completed.error.message}`)
  }
  return {
    order: completed.order,
    intent: secret.split("_secret")[0] ?? "",
  }
}

/** The subscription that an order began, as soon as it is there. */
export async function subscriptionOf(
  stage: Stage,
  orderId: string
): Promise<string> {
  return until(`the subscription of ${orderId}`, async () => {
    const { subscriptions } = await get<SubscriptionListResponse>(
      stage.shop,
      "/store/portal/subscriptions"
    )
    return subscriptions.find((one) => one.origin_order_id === orderId)?.id
  })
}
