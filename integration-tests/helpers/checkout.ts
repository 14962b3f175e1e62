import type { PortalTestApp } from "./app"
import {
  addShipping,
  createCart,
  type CartLine,
  type TestAddress,
} from "./carts"
import { ok, type HttpClient } from "./http"
import { confirmWithCard } from "./stripe-js"

export const SYSTEM_PROVIDER = "pp_system_default"
export const STRIPE_PROVIDER = "pp_stripe_stripe"

export type PaymentSession = {
  id: string
  provider_id: string
  amount: number
  currency_code: string
  status: string
  data: Record<string, unknown>
}

export type TestOrder = {
  id: string
  display_id: number
  email: string
  currency_code: string
  total: number
  items: { id: string; variant_id: string; quantity: number }[]
}

type Refusal = { message: string; type: string; code?: string }

/**
 * The answer of completing a cart: an order; or the cart, when the payment needs
 * something of the customer; or a refusal with a status that is not 200.
 */
export type Completion =
  | { type: "order"; order: TestOrder }
  | { type: "cart"; error: Refusal }
  | { type: "refused"; status: number; error: Refusal }

/** Opens a payment session for a cart with a provider. */
export async function openPayment(
  client: HttpClient,
  cartId: string,
  providerId: string = SYSTEM_PROVIDER,
  data?: Record<string, unknown>
): Promise<{ collectionId: string; session: PaymentSession }> {
  const collection = ok(
    await client.post<{ payment_collection: { id: string } }>(
      "/store/payment-collections",
      { cart_id: cartId }
    )
  ).payment_collection
  const opened = ok(
    await client.post<{
      payment_collection: { payment_sessions: PaymentSession[] }
    }>(`/store/payment-collections/${collection.id}/payment-sessions`, {
      provider_id: providerId,
      ...(data && { data }),
    })
  ).payment_collection
  const session = opened.payment_sessions.find(
    (candidate) => candidate.provider_id === providerId
  )
  if (!session) {
    throw new Error(`No payment session of ${providerId}`)
  }
  return { collectionId: collection.id, session }
}

export async function completeCart(
  client: HttpClient,
  cartId: string
): Promise<Completion> {
  const { status, data } = await client.post<Completion | Refusal>(
    `/store/carts/${cartId}/complete`,
    {}
  )
  return status === 200
    ? (data as Completion)
    : { type: "refused", status, error: data as Refusal }
}

/** Confirms a Stripe payment session with a card, as the storefront does. */
export async function confirmSession(
  app: PortalTestApp,
  session: PaymentSession,
  card?: string
): ReturnType<typeof confirmWithCard> {
  const secret = session.data.client_secret
  if (typeof secret !== "string") {
    throw new Error("The payment session has no client secret")
  }
  return confirmWithCard(app.stripe().url, secret, card)
}

export type CheckoutInput = {
  lines: CartLine[]
  /** Currency of the market. Default: "eur". */
  currency?: string
  /** Default: the market's first country. */
  country?: string
  address?: TestAddress
  /** Needed for a guest. */
  email?: string
  shipping?: "standard" | "express"
  /** Nothing has to be sent. */
  digital?: boolean
  /** Default: the system provider. */
  provider?: string
  /** Card for Stripe. Default: a Visa that works. */
  card?: string
  /** More for the payment session, such as `setup_future_usage`. */
  paymentData?: Record<string, unknown>
}

/** Buys something over HTTP, from the empty cart to the completion. */
export async function checkout(
  app: PortalTestApp,
  client: HttpClient,
  input: CheckoutInput
): Promise<Completion & { cartId: string }> {
  const region = app.seed.regions[input.currency ?? "eur"]
  const country = input.country ?? region?.countries[0]
  if (!region || !country) {
    throw new Error(`No market with ${input.currency}`)
  }
  const cart = await createCart(client, {
    regionId: region.id,
    country,
    lines: input.lines,
    email: input.email,
    address: input.address,
  })
  if (!input.digital) {
    await addShipping(
      client,
      cart.id,
      region.shipping[input.shipping ?? "standard"]
    )
  }
  const { session } = await openPayment(
    client,
    cart.id,
    input.provider,
    input.paymentData
  )
  if (session.provider_id === STRIPE_PROVIDER) {
    await confirmSession(app, session, input.card)
  }
  return { ...(await completeCart(client, cart.id)), cartId: cart.id }
}
