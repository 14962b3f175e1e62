import {
  confirmWithCard,
  ok,
  STRIPE_PROVIDER,
  type HttpClient,
  type Json,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import {
  makeSubscriptions,
  type SubscriptionFixture,
  type SubscriptionFixtureInput,
} from "../helpers"
import type {
  PaymentMethodListResponse,
  PaymentMethodResponse,
  PaymentSetupResponse,
} from "../../src/types"

/** A provider at another account of Stripe. */
export const SECOND = "pp_stripe_second"
export const METHODS = "/store/portal/payment-methods"

type Added = PaymentMethodResponse & { setupId: string }

/** What a storefront does to save a card: setup, Stripe.js, confirm. */
export async function addCard(
  app: PortalTestApp,
  client: HttpClient,
  {
    card = "pm_card_visa",
    provider = STRIPE_PROVIDER,
    ...more
  }: { card?: string; provider?: string } & Record<string, unknown> = {}
): Promise<Added> {
  const { payment_setup } = ok(
    await client.post<PaymentSetupResponse>(`${METHODS}/setup`, {
      provider_id: provider,
    })
  )
  const done = await confirmWithCard(
    app.stripe().url,
    payment_setup.client_secret ?? "",
    card,
    {},
    // The double's other account is the one of the provider of its name.
    provider === SECOND ? "pk_test_second" : undefined
  )
  expect(done.intent?.status).toBe("succeeded")
  const confirmed = ok(
    await client.post<PaymentMethodResponse>(`${METHODS}/confirm`, {
      provider_id: provider,
      setup_id: payment_setup.id,
      ...more,
    })
  )
  return { ...confirmed, setupId: payment_setup.id }
}

export async function listMethods(
  client: HttpClient
): Promise<PaymentMethodListResponse> {
  return ok(await client.get<PaymentMethodListResponse>(METHODS))
}

/** The rows of a customer's account holders, the oldest first. */
export async function holdersOf(
  app: PortalTestApp,
  customer: { id: string }
): Promise<
  {
    id: string
    external_id: string
    provider_id: string
    metadata: Record<string, unknown> | null
  }[]
> {
  return await app.db(
    `select h.id, h.external_id, h.provider_id, h.metadata
       from account_holder h
       join customer_account_holder l on l.account_holder_id = h.id
      where l.customer_id = ? and l.deleted_at is null and h.deleted_at is null
      order by h.created_at`,
    [customer.id]
  )
}

/** Subscriptions of a customer who has saved a card. */
export async function subscribe(
  app: PortalTestApp,
  customer: TestCustomer,
  paymentMethodId: string,
  more: SubscriptionFixtureInput = {}
): Promise<SubscriptionFixture[]> {
  const [holder] = await holdersOf(app, customer)
  return await makeSubscriptions(app, {
    provider: STRIPE_PROVIDER,
    customer,
    payment: { accountHolderId: holder?.id ?? "", paymentMethodId },
    ...more,
  })
}

/** What each subscription is paid with. */
export async function paidWith(
  app: PortalTestApp,
  ...ids: string[]
): Promise<(string | null)[]> {
  const rows = await app.db<{ id: string; payment_method_id: string | null }>(
    "select id, payment_method_id from portal_subscription where id = any(?)",
    [ids]
  )
  return ids.map(
    (id) => rows.find((row) => row.id === id)?.payment_method_id ?? null
  )
}

/** Requests to the double of one kind, and how many. */
export function calls(
  app: PortalTestApp,
  path: RegExp,
  method?: "GET" | "POST"
): number {
  return app
    .stripe()
    .requests.filter(
      (request) =>
        path.test(request.path) && (!method || request.method === method)
    ).length
}

export const DETACH = /\/detach$/
export const SETUP = /^\/v1\/setup_intents$/

/** Gives a saved card another expiry, as an issuer may. */
export async function setExpiry(
  app: PortalTestApp,
  id: string,
  exp_month: number,
  exp_year: number
): Promise<void> {
  await createStripeClient(app.stripe().url).paymentMethods.update(id, {
    card: { exp_month, exp_year },
  })
}

/** Makes a method the default and answers whatever comes back. */
export function setDefault(who: TestCustomer, id: string, body: Json = {}) {
  return who.api.post<PaymentMethodResponse>(`${METHODS}/${id}/default`, body)
}

/** Removes a method and answers whatever comes back. */
export function remove(who: TestCustomer, id: string, query = "") {
  return who.api.delete(`${METHODS}/${id}${query}`)
}

/** The defaults that a customer sees: at most one a provider. */
export async function defaultsOf(who: TestCustomer): Promise<string[]> {
  return (await listMethods(who.api)).payment_methods
    .filter(({ is_default }) => is_default)
    .map(({ id }) => id)
}

export async function statusOf(
  app: PortalTestApp,
  id: string
): Promise<string | undefined> {
  const [row] = await app.db<{ status: string }>(
    "select status from portal_subscription where id = ?",
    [id]
  )
  return row?.status
}
