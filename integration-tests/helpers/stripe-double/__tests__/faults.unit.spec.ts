import { errorOf, offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()
const PATH = "/v1/payment_intents"

async function charge() {
  const params = offSession(await savedCard(context.stripe))
  return () =>
    context.stripe.paymentIntents.create(params, { idempotencyKey: "k1" })
}

describe("scripts", () => {
  it.each([
    ["timeout", "before", "StripeConnectionError", 0],
    ["timeout", "after", "StripeConnectionError", 1],
    ["500", "before", "StripeAPIError", 0],
    ["500", "after", "StripeAPIError", 1],
    ["429", "before", "StripeRateLimitError", 0],
    ["idempotency_error", "before", "StripeIdempotencyError", 0],
    ["idempotency_error", "after", "StripeIdempotencyError", 1],
  ] as const)("%s %s", async (effect, when, type, charges) => {
    const { double } = context
    const create = await charge()
    double.script({ method: "post", path: PATH, times: 1, when, effect })

    expect((await errorOf(create())).type).toBe(type)
    expect(double.capturedCharges()).toHaveLength(charges)
  })

  it("timeouts end, the charge stays one", async () => {
    const { double } = context
    const create = await charge()
    double.script({ path: PATH, times: 2, when: "after", effect: "timeout" })

    await errorOf(create())
    await errorOf(create())

    expect((await create()).status).toBe("succeeded")
    expect(double.capturedCharges()).toHaveLength(1)
    expect(double.requests.slice(-3).map(({ status }) => status)).toEqual([
      null,
      null,
      200,
    ])
  })

  it("a 500 is kept under the key, as with Stripe", async () => {
    const { double } = context
    const create = await charge()
    double.script({ path: PATH, times: 1, when: "after", effect: "500" })

    await errorOf(create())

    expect((await errorOf(create())).statusCode).toBe(500)
    expect(double.requests.at(-1)?.replayed).toBe(true)
    expect(double.capturedCharges()).toHaveLength(1)
  })

  it("a cut connection makes the real client try once more", async () => {
    const { double } = context
    const create = await charge()
    double.script({ path: PATH, times: 1, when: "after", effect: "reset" })

    expect((await create()).status).toBe("succeeded")
    expect(double.requests.slice(-2).map(({ replayed }) => replayed)).toEqual([
      false,
      true,
    ])
    expect(double.capturedCharges()).toHaveLength(1)
  })

  it("delay, and only what fits", async () => {
    const { double, stripe } = context
    double.script({
      method: "POST",
      path: /^\/v1\/customers$/,
      times: 1,
      when: "before",
      effect: "delay",
      delayMs: 120,
      match: ({ email }) => email === "slow@example.com",
    })
    const took = async (email: string) => {
      const start = Date.now()
      await stripe.customers.create({ email })
      return Date.now() - start
    }
    expect(await took("fast@example.com")).toBeLessThan(100)
    expect(await took("slow@example.com")).toBeGreaterThanOrEqual(115)
  })
})

describe("holds", () => {
  it("stop a request before its effect", async () => {
    const { double } = context
    const create = await charge()
    const hold = double.hold({ path: PATH, when: "before" })
    const pending = create()

    expect((await hold.reached).idempotencyKey).toBe("k1")
    expect(double.capturedCharges()).toHaveLength(0)
    expect((await errorOf(create())).statusCode).toBe(409)

    hold.release()
    expect((await pending).status).toBe("succeeded")
  })

  it("stop a request after its effect", async () => {
    const { double } = context
    const create = await charge()
    const hold = double.hold({ path: PATH, when: "after" })
    const pending = create()

    await hold.reached
    expect(double.capturedCharges()).toHaveLength(1)

    hold.drop()
    expect((await pending).status).toBe("succeeded")
    expect(double.capturedCharges()).toHaveLength(1)
  })

  it("lose a request that is dropped before its effect", async () => {
    const { double, stripe } = context
    const hold = double.hold({
      path: "/v1/customers/{customer}",
      when: "before",
    })
    const customer = await stripe.customers.create({})
    const pending = stripe.customers.update(customer.id, { name: "Ann" })

    await hold.reached
    hold.drop()

    expect((await pending).name).toBe("Ann")
    expect(double.requests.slice(-2).map(({ status }) => status)).toEqual([
      null,
      200,
    ])
  })
})

describe("watching requests", () => {
  it("tells at the moment one arrives", async () => {
    const { double, stripe } = context
    const seen: string[] = []
    const stop = double.onRequest(({ method, path }) =>
      seen.push(`${method} ${path}`)
    )
    const arrived = double.waitFor(({ method }) => method === "DELETE")
    const { id } = await stripe.customers.create({ name: "Ann" })
    await stripe.customers.del(id)
    stop()
    await stripe.customers.list()

    expect((await arrived).path).toBe(`/v1/customers/${id}`)
    expect(seen).toEqual(["POST /v1/customers", `DELETE /v1/customers/${id}`])
    expect(double.requests[0]).toMatchObject({ params: { name: "Ann" } })
  })

  it("gives up after a while, and can look back", async () => {
    const { double, stripe } = context
    await stripe.customers.create({})
    const post = ({ method }: { method: string }) => method === "POST"

    await expect(double.waitFor(post, { timeoutMs: 20 })).rejects.toThrow(
      "20 ms"
    )
    expect(await double.waitFor(post, { includePast: true })).toBe(
      double.requests[0]
    )
  })
})
