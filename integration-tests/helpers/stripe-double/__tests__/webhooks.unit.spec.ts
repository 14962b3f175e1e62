import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { signPayload } from ".."
import { errorOf, offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()
const secret = "whsec_double"
const received: { body: string; signature: string }[] = []
let shop: Server
let url: string

beforeAll(async () => {
  shop = createServer((request, response) => {
    void text(request).then((body) => {
      const signature = String(request.headers["stripe-signature"])
      received.push({ body, signature })
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve))
  url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hooks`
})
beforeEach(() => {
  received.length = 0
})
afterAll(() => {
  shop.closeAllConnections()
  shop.close()
})

function receivedEvents() {
  return received.map(({ body, signature }) =>
    context.stripe.webhooks.constructEvent(body, signature, secret)
  )
}

it("are sent at once and the real client accepts them", async () => {
  const { double, stripe } = context
  double.webhooks({ url, secret, mode: "auto" })
  const paid = await stripe.paymentIntents.create(
    offSession(await savedCard(stripe)),
    { idempotencyKey: "k1" }
  )
  await stripe.refunds.create({ payment_intent: paid.id })
  await double.webhooksSettled()

  const types = receivedEvents().map(({ type }) => type)
  expect(types).toEqual(
    expect.arrayContaining([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "charge.refunded",
    ])
  )
  const [succeeded] = double.events("payment_intent.succeeded")
  expect(succeeded).toMatchObject({
    data: { object: { id: paid.id, status: "succeeded" } },
    request: { idempotency_key: "k1" },
  })
  expect(double.deliveries).toHaveLength(types.length)
})

it("are sent when told to, also twice and only the wanted ones", async () => {
  const { double, stripe } = context
  double.webhooks({ url, secret, mode: "manual" })
  const saved = await savedCard(stripe, "pm_card_savedLostCard")
  await errorOf(stripe.paymentIntents.create(offSession(saved)))
  expect(received).toEqual([])

  const [failed] = double.events("payment_intent.payment_failed")
  const deliveries = await double.deliver(failed?.id ?? "", { times: 2 })

  expect(deliveries.map(({ result }) => result)).toEqual([
    { status: 200 },
    { status: 200 },
  ])
  expect(receivedEvents().map(({ id }) => id)).toEqual([failed?.id, failed?.id])

  double.webhooks({ url, secret, mode: "auto", events: ["customer.updated"] })
  await stripe.customers.update(saved.customer, { name: "Ann" })
  await stripe.paymentMethods.detach(saved.payment_method)
  await double.webhooksSettled()
  expect(
    receivedEvents()
      .slice(2)
      .map(({ type }) => type)
  ).toEqual(["customer.updated"])
})

it("tell each state an intent goes through", async () => {
  const { double, stripe } = context
  const saved = await savedCard(stripe, "pm_card_authenticationRequired")
  const intent = await stripe.paymentIntents.create({
    ...offSession(saved),
    off_session: false,
    capture_method: "manual",
  })
  double.authenticate(intent.id)
  await stripe.paymentIntents.cancel(intent.id)

  const types = double
    .events()
    .map(({ type }) => type)
    .filter((type) => type.startsWith("payment_intent."))
  expect(types).toEqual([
    "payment_intent.created",
    "payment_intent.requires_action",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
  ])
  const listed = await stripe.events.list({ type: "payment_intent.canceled" })
  const [canceled] = listed.data
  expect(await stripe.events.retrieve(canceled?.id ?? "")).toEqual(canceled)
})

it("fail loudly in the record when nobody listens", async () => {
  const { double, stripe } = context
  double.webhooks({ url: "http://127.0.0.1:1/", secret, mode: "auto" })
  await stripe.customers.create({})
  await double.webhooksSettled()
  expect(double.deliveries[0]?.result).toHaveProperty("error")
})

it("are refused with a wrong signature", () => {
  const { stripe } = context
  const header = signPayload("{}", "whsec_other")
  expect(() => stripe.webhooks.constructEvent("{}", header, secret)).toThrow(
    "signature"
  )
})
