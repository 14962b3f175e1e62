import { existsSync } from "node:fs"
import { createStripeDouble } from ".."
import { DESCRIPTION_FILE } from "../api/description"
import { createStripeClient } from "../../payment-stripe-loopback/stripe-client"
import { errorOf, useStripeDouble } from "./setup"

const context = useStripeDouble()

async function post(path: string, body: string) {
  const response = await fetch(context.double.url + path, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_x" },
    body,
  })
  const { error } = (await response.json()) as {
    error?: { code?: string; param?: string; message: string }
  }
  return { status: response.status, code: error?.code, param: error?.param }
}

const described = existsSync(DESCRIPTION_FILE) ? describe : describe.skip

described("a request the API description forbids", () => {
  it.each([
    ["amount=100&currency=eur&foo=1", "parameter_unknown", "foo"],
    ["currency=eur", "parameter_missing", "amount"],
    ["amount=ten&currency=eur", "parameter_invalid_integer", "amount"],
    ["amount=100&currency=eur&confirm=maybe", undefined, "confirm"],
    [
      "amount=100&currency=eur&capture_method=later",
      undefined,
      "capture_method",
    ],
    [
      "amount=100&currency=eur&capture_method=",
      "parameter_invalid_empty",
      "capture_method",
    ],
    [
      "amount=100&currency=eur&payment_method_types=card",
      undefined,
      "payment_method_types",
    ],
    [
      "amount=100&currency=eur&shipping[name]=Ann",
      "parameter_missing",
      "shipping[address]",
    ],
    ["amount=100&currency=eur&metadata[a][b]=1", undefined, "metadata[a]"],
    [
      `amount=100&currency=eur&description=${"x".repeat(1_001)}`,
      undefined,
      "description",
    ],
  ])("is refused and recorded: %s", async (body, code, param) => {
    const { double } = context
    expect(await post("/v1/payment_intents", body)).toEqual({
      status: 400,
      code,
      param,
    })
    expect(double.violations).toMatchObject([
      { method: "POST", path: "/v1/payment_intents", param },
    ])
    expect(double.state.paymentIntents.size).toBe(0)
  })

  it("is one to an unknown address, too", async () => {
    expect((await post("/v1/nothing", "")).status).toBe(404)
    expect(context.double.violations).toHaveLength(1)
  })

  it("is one that says the same in two ways", async () => {
    const { status } = await post(
      "/v1/customers",
      "address[city]=Paris&address[town]=Paris"
    )
    expect(status).toBe(400)
  })
})

describe("what Stripe accepts", () => {
  it.each([
    ["/v1/customers", "metadata[a]=1&metadata[b]=&address=&phone="],
    ["/v1/payment_methods", "type=card&card[token]=tok_visa"],
    [
      "/v1/payment_intents",
      "amount=100&currency=eur&expand[]=customer&expand[]=payment_method",
    ],
    [
      "/v1/payment_intents",
      "amount=100&currency=eur&payment_method_configuration=pmc_1&expand[0]=latest_charge",
    ],
  ])("passes: POST %s %s", async (path, body) => {
    expect((await post(path, body)).status).toBe(200)
  })
})

it("a parameter without effect in the double is recorded", async () => {
  const { double, stripe } = context
  await stripe.customers.create({ coupon: "c1" })
  expect(double.violations).toMatchObject([
    { code: "parameter_not_modelled", param: "coupon" },
  ])
})

it("what cannot be expanded is refused before anything happens", async () => {
  const { double, stripe } = context
  const error = await errorOf(stripe.customers.create({ expand: ["email"] }))
  expect(error.param).toBe("expand")
  expect(double.state.customers.size).toBe(0)
})

it("metadata keep the limits of Stripe", async () => {
  const { stripe } = context
  const create = (metadata: Record<string, string>) =>
    errorOf(stripe.customers.create({ metadata }))
  const many = Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"])

  expect((await create({ a: "x".repeat(501) })).param).toBe("metadata[a]")
  expect((await create({ ["k".repeat(41)]: "v" })).message).toContain("40")
  expect((await create(Object.fromEntries(many))).message).toContain("50")
})

it("without the description nothing is checked against it", async () => {
  const double = await createStripeDouble({ descriptionFile: "/missing.json" })
  const stripe = createStripeClient(double.url)
  const intent = await stripe.paymentIntents.create({
    amount: 100,
    currency: "eur",
  })
  expect(intent.status).toBe("requires_payment_method")
  expect((await errorOf(stripe.plans.list())).statusCode).toBe(404)
  await double.close()
})
