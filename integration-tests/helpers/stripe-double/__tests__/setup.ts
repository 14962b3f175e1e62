import {
  createStripeClient,
  type StripeClient,
} from "../../payment-stripe-loopback/stripe-client"
import { createStripeDouble, type StripeDouble } from ".."

/** A double and the real client for it, fresh for every test of a file. */
export function useStripeDouble() {
  const context: { double: StripeDouble; stripe: StripeClient } = {
    double: undefined as never,
    stripe: undefined as never,
  }
  beforeAll(async () => {
    context.double = await createStripeDouble()
    context.stripe = createStripeClient(context.double.url, { timeout: 400 })
  })
  afterEach(() => context.double.reset())
  afterAll(() => context.double.close())
  return context
}

/** A customer with a saved card. */
export async function savedCard(stripe: StripeClient, card = "pm_card_visa") {
  const customer = await stripe.customers.create({ email: "ann@example.com" })
  const method = await stripe.paymentMethods.attach(card, {
    customer: customer.id,
  })
  return { customer: customer.id, payment_method: method.id }
}

/** Everything it takes to charge a saved card without its owner. */
export function offSession(saved: {
  customer: string
  payment_method: string
}) {
  return {
    ...saved,
    amount: 2_000,
    currency: "eur",
    payment_method_types: ["card"],
    confirm: true,
    off_session: true,
  }
}

/** What the client throws, with the fields tests look at. */
export async function errorOf(call: Promise<unknown>): Promise<StripeFailure> {
  const failure: unknown = await call.then(
    () => undefined,
    (error: unknown) => error
  )
  if (!(failure instanceof Error)) {
    throw new Error("The call did not fail")
  }
  return failure as StripeFailure
}

/** An error of the Stripe client. */
export interface StripeFailure extends Error {
  type: string
  code?: string
  decline_code?: string
  param?: string
  statusCode?: number
  payment_intent?: { id: string; status: string }
}
