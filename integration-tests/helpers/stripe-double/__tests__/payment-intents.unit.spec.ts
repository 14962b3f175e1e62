import { errorOf, offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()
const PRICE = { amount: 2_000, currency: "eur", payment_method_types: ["card"] }

describe("states", () => {
  it("go from creation to success", async () => {
    const { stripe } = context
    const { customer, payment_method } = await savedCard(stripe)
    const created = await stripe.paymentIntents.create({ ...PRICE, customer })
    const updated = await stripe.paymentIntents.update(created.id, {
      amount: 2_500,
      payment_method,
      metadata: { cycle_id: "c1" },
    })
    const confirmed = await stripe.paymentIntents.confirm(created.id, {
      off_session: true,
    })

    expect(created).toMatchObject({
      status: "requires_payment_method",
      capture_method: "automatic_async",
      client_secret: expect.stringMatching(`^${created.id}_secret_`),
    })
    expect(updated.status).toBe("requires_confirmation")
    expect(confirmed).toMatchObject({
      status: "succeeded",
      amount_received: 2_500,
      metadata: { cycle_id: "c1" },
    })
  })

  it("refuse to confirm, cancel or reprice what succeeded", async () => {
    const { double, stripe } = context
    const paid = await stripe.paymentIntents.create(
      offSession(await savedCard(stripe))
    )
    const refusals = [
      stripe.paymentIntents.confirm(paid.id),
      stripe.paymentIntents.cancel(paid.id),
      stripe.paymentIntents.update(paid.id, { amount: 100 }),
      stripe.paymentIntents.capture(paid.id),
    ]
    for (const refusal of refusals) {
      expect(await errorOf(refusal)).toMatchObject({
        statusCode: 400,
        code: "payment_intent_unexpected_state",
        payment_intent: { id: paid.id, status: "succeeded" },
      })
    }
    expect(double.capturedCharges()).toHaveLength(1)
  })

  it("capture a part of what was authorized", async () => {
    const { stripe } = context
    const held = await stripe.paymentIntents.create({
      ...offSession(await savedCard(stripe)),
      capture_method: "manual",
    })
    expect(held).toMatchObject({
      status: "requires_capture",
      amount_capturable: 2_000,
      amount_received: 0,
    })

    const captured = await stripe.paymentIntents.capture(held.id, {
      amount_to_capture: 1_500,
      expand: ["latest_charge"],
    })

    expect(captured).toMatchObject({
      status: "succeeded",
      amount_received: 1_500,
      amount_capturable: 0,
      latest_charge: { amount_captured: 1_500, amount_refunded: 500 },
    })
  })

  it("give an authorization back when canceled", async () => {
    const { double, stripe } = context
    const held = await stripe.paymentIntents.create({
      ...offSession(await savedCard(stripe)),
      capture_method: "manual",
    })
    const canceled = await stripe.paymentIntents.cancel(held.id, {
      cancellation_reason: "abandoned",
    })
    expect(canceled).toMatchObject({
      status: "canceled",
      cancellation_reason: "abandoned",
    })
    expect(double.capturedCharges()).toEqual([])
    expect(
      (await stripe.refunds.list({ payment_intent: held.id })).data
    ).toHaveLength(1)
  })
})

describe("ownership of payment methods", () => {
  it("is checked", async () => {
    const { double, stripe } = context
    const mine = await savedCard(stripe)
    const other = await savedCard(stripe)
    const error = await errorOf(
      stripe.paymentIntents.create(
        offSession({ ...mine, payment_method: other.payment_method })
      )
    )
    expect(error).toMatchObject({ statusCode: 400, param: "payment_method" })
    expect(double.state.paymentIntents.size).toBe(0)
  })

  it("ends with detaching", async () => {
    const { stripe } = context
    const saved = await savedCard(stripe)
    const detached = await stripe.paymentMethods.detach(saved.payment_method)
    const error = await errorOf(stripe.paymentIntents.create(offSession(saved)))

    expect(detached.customer).toBeNull()
    expect(error.message).toContain("may not be used again")
    await errorOf(stripe.paymentMethods.attach(saved.payment_method, saved))
  })

  it("starts with setup_future_usage", async () => {
    const { stripe } = context
    const customer = (await stripe.customers.create({})).id
    const intent = await stripe.paymentIntents.create({
      ...PRICE,
      customer,
      payment_method: "pm_card_visa",
      setup_future_usage: "off_session",
      confirm: true,
    })
    const methods = await stripe.customers.listPaymentMethods(customer)
    expect(methods.data.map(({ id }) => id)).toEqual([intent.payment_method])
  })

  it("lets a card without a customer be used once", async () => {
    const { stripe } = context
    const method = await stripe.paymentMethods.create({
      type: "card",
      card: { token: "tok_visa" },
    })
    const pay = () =>
      stripe.paymentIntents.create({
        ...PRICE,
        payment_method: method.id,
        confirm: true,
      })
    expect((await pay()).status).toBe("succeeded")
    expect((await errorOf(pay())).message).toContain("previously used")
  })
})

describe("parameters that need each other", () => {
  it.each([{ off_session: true }, { return_url: "https://shop.example" }])(
    "%j needs confirm",
    async (extra) => {
      const { double, stripe } = context
      const error = await errorOf(
        stripe.paymentIntents.create({ ...PRICE, ...extra })
      )
      expect(error.param).toBe(Object.keys(extra)[0])
      expect(double.violations).toHaveLength(1)
    }
  )

  it("automatic payment methods need a return_url", async () => {
    const { stripe } = context
    const { payment_method_types, ...automatic } = offSession(
      await savedCard(stripe)
    )
    expect(payment_method_types).toEqual(["card"])

    expect((await errorOf(stripe.paymentIntents.create(automatic))).param).toBe(
      "return_url"
    )
    const accepted = await Promise.all([
      stripe.paymentIntents.create({
        ...automatic,
        return_url: "https://shop.example",
      }),
      stripe.paymentIntents.create({
        ...automatic,
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      }),
      stripe.paymentIntents.create(automatic, { apiVersion: "2022-11-15" }),
    ])
    expect(accepted.map(({ status }) => status)).toEqual(
      Array(3).fill("succeeded")
    )
  })

  it("a client secret has to be that of the intent", async () => {
    const { stripe } = context
    const intent = await stripe.paymentIntents.create(PRICE)
    const error = await errorOf(
      stripe.paymentIntents.retrieve(intent.id, { client_secret: "other" })
    )
    expect(error.param).toBe("client_secret")
  })
})

describe("refunds", () => {
  it("give back at most what was paid", async () => {
    const { stripe } = context
    const paid = await stripe.paymentIntents.create(
      offSession(await savedCard(stripe))
    )
    const refund = (amount?: number) =>
      stripe.refunds.create({ payment_intent: paid.id, amount })

    await refund(500)
    expect(await errorOf(refund(1_501))).toMatchObject({ param: "amount" })
    await refund()
    expect((await errorOf(refund())).code).toBe("charge_already_refunded")

    const {
      data: [charge],
    } = await stripe.charges.list({
      payment_intent: paid.id,
      expand: ["data.refunds"],
    })
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 2_000 })
    expect(charge?.refunds?.data.map(({ amount }) => amount)).toEqual([
      1_500, 500,
    ])
  })

  it("need a charge", async () => {
    const { stripe } = context
    const open = await stripe.paymentIntents.create(PRICE)
    const error = await errorOf(
      stripe.refunds.create({ payment_intent: open.id })
    )
    expect(error.message).toContain("does not have a successful charge")
  })
})

describe("customers", () => {
  it("are changed, found and deleted with their cards", async () => {
    const { stripe } = context
    const { customer, payment_method } = await savedCard(stripe)
    const updated = await stripe.customers.update(customer, {
      email: "bob@example.com",
      name: "",
      address: { city: "Paris" },
      invoice_settings: { default_payment_method: payment_method },
      metadata: { a: "1" },
      expand: ["invoice_settings.default_payment_method"],
    })
    expect(updated).toMatchObject({
      name: null,
      address: { city: "Paris", line1: null },
      invoice_settings: { default_payment_method: { id: payment_method } },
    })
    const found = await stripe.customers.list({ email: "bob@example.com" })
    expect(found.data.map(({ id }) => id)).toEqual([customer])

    await stripe.customers.del(customer)

    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      deleted: true,
    })
    expect(await errorOf(stripe.customers.update(customer, {}))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
    })
    expect(
      (await stripe.paymentMethods.retrieve(payment_method)).customer
    ).toBeNull()
  })
})
