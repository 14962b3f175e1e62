import { errorOf, offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()

async function charge() {
  const params = offSession(await savedCard(context.stripe))
  return (idempotencyKey?: string, amount = params.amount) =>
    context.stripe.paymentIntents.create(
      { ...params, amount },
      { idempotencyKey }
    )
}

describe("the same key", () => {
  it("charges once for 20 calls at the same time", async () => {
    const create = await charge()
    const intents = await Promise.all(
      Array.from({ length: 20 }, () => create("k1"))
    )
    expect(new Set(intents.map(({ id }) => id)).size).toBe(1)
    expect(context.double.capturedCharges()).toHaveLength(1)
  })

  it("answers 409 while the first call is in progress", async () => {
    const { double } = context
    const create = await charge()
    double.setLatency(100)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => create("k1"))
    )
    const refusals = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as unknown] : []
    )
    expect(refusals).toHaveLength(19)
    expect(refusals[0]).toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 409,
      code: "idempotency_key_in_use",
    })
    expect(double.capturedCharges()).toHaveLength(1)
  })

  it("replays the answer and says so", async () => {
    const create = await charge()
    const first = await create("k1")
    const second = await create("k1")
    expect(second).toEqual(first)
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true")
    expect(context.double.requests.at(-1)).toMatchObject({
      idempotencyKey: "k1",
      replayed: true,
      status: 200,
    })
  })

  it("replays declines", async () => {
    const { double, stripe } = context
    const saved = await savedCard(stripe, "pm_card_savedInsufficientFundsOnce")
    const pay = () =>
      stripe.paymentIntents.create(offSession(saved), { idempotencyKey: "k1" })
    const [first, second] = [await errorOf(pay()), await errorOf(pay())]
    expect(second.payment_intent).toEqual(first.payment_intent)
    expect(double.events("payment_intent.payment_failed")).toHaveLength(1)
  })

  it("refuses other parameters and other paths", async () => {
    const { stripe } = context
    const create = await charge()
    const intent = await create("k1")
    const refusals = [
      create("k1", 999),
      stripe.paymentIntents.cancel(intent.id, { idempotencyKey: "k1" }),
    ]
    for (const refusal of refusals) {
      expect(await errorOf(refusal)).toMatchObject({
        type: "StripeIdempotencyError",
        statusCode: 400,
      })
    }
  })

  it("is free again after an invalid request", async () => {
    const create = await charge()
    expect((await errorOf(create("k1", 0))).param).toBe("amount")
    expect((await create("k1")).status).toBe("succeeded")
  })

  it("charges twice once Stripe forgot it", async () => {
    const create = await charge()
    await create("k1")
    context.double.forgetIdempotencyKeys()
    await create("k1")
    expect(context.double.capturedCharges()).toHaveLength(2)
  })
})

it("without a key every call charges", async () => {
  const create = await charge()
  await Promise.all([create(), create()])
  expect(context.double.capturedCharges()).toHaveLength(2)
})
