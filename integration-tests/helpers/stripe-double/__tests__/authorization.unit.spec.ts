import { createStripeClient } from "../../payment-stripe-loopback/stripe-client"
import { errorOf, useStripeDouble } from "./setup"

const context = useStripeDouble()
const PRICE = { amount: 2_000, currency: "eur" }

function browser() {
  return createStripeClient(context.double.url, { apiKey: "pk_test_double" })
}

it("a browser confirms the intent whose client secret it knows", async () => {
  const { id, client_secret } =
    await context.stripe.paymentIntents.create(PRICE)
  const asBrowser = {
    client_secret,
    payment_method: "pm_card_visa",
    return_url: "https://shop.example",
  }
  const confirmed = await browser().paymentIntents.confirm(id, asBrowser)
  expect(confirmed.status).toBe("succeeded")
})

it("a browser does nothing with another secret or without one", async () => {
  const { id } = await context.stripe.paymentIntents.create(PRICE)
  const { paymentIntents, customers } = browser()

  const refusals = await Promise.all([
    errorOf(paymentIntents.confirm(id)),
    errorOf(paymentIntents.retrieve(id, { client_secret: "pi_other" })),
    errorOf(paymentIntents.update(id, { amount: 100 })),
    errorOf(customers.list()),
  ])

  expect(refusals.map(({ statusCode }) => statusCode)).toEqual([
    401, 400, 401, 401,
  ])
  expect(context.double.capturedCharges()).toEqual([])
})
