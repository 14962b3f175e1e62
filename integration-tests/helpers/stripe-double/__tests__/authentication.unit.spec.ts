import { errorOf, offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()
const RETURN_URL = "https://shop.example/back"

async function payOnSession(card: string, extra: object = {}) {
  const { stripe } = context
  const customer = await stripe.customers.create({})
  return stripe.paymentIntents.create({
    amount: 2_000,
    currency: "eur",
    customer: customer.id,
    payment_method: card,
    payment_method_types: ["card"],
    confirm: true,
    ...extra,
  })
}

describe("3-D Secure", () => {
  it("sends the customer to his bank and charges after that", async () => {
    const { double, stripe } = context
    const intent = await payOnSession("pm_card_authenticationRequired", {
      return_url: RETURN_URL,
    })
    expect(intent).toMatchObject({
      status: "requires_action",
      next_action: {
        type: "redirect_to_url",
        redirect_to_url: { return_url: RETURN_URL },
      },
      latest_charge: null,
    })

    double.authenticate(intent.id)

    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: "succeeded",
      next_action: null,
    })
  })

  it("leaves the redirect to Stripe.js without a return_url", async () => {
    const intent = await payOnSession("pm_card_authenticationRequired")
    expect(intent.next_action).toMatchObject({ type: "use_stripe_sdk" })
  })

  it("asks for another card when the customer fails", async () => {
    const { double, stripe } = context
    const intent = await payOnSession("pm_card_authenticationRequired")

    double.authenticate(intent.id, "failure")

    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure" },
    })
  })

  it("can still decline afterwards", async () => {
    const { double } = context
    const intent = await payOnSession(
      "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"
    )
    expect(double.authenticate(intent.id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { decline_code: "insufficient_funds" },
    })
  })

  it("waits for the server with manual confirmation", async () => {
    const { double, stripe } = context
    const intent = await payOnSession("pm_card_authenticationRequired", {
      confirmation_method: "manual",
    })
    expect(double.authenticate(intent.id).status).toBe("requires_confirmation")
    expect((await stripe.paymentIntents.confirm(intent.id)).status).toBe(
      "succeeded"
    )
  })

  it("declines off-session and lets the customer finish the intent", async () => {
    const { double, stripe } = context
    const saved = await savedCard(stripe, "pm_card_authenticationRequired")
    const error = await errorOf(stripe.paymentIntents.create(offSession(saved)))
    expect(error).toMatchObject({
      code: "authentication_required",
      decline_code: "authentication_required",
      payment_intent: { status: "requires_payment_method" },
    })

    const id = error.payment_intent?.id ?? ""
    await stripe.paymentIntents.confirm(id, {
      payment_method: saved.payment_method,
    })
    expect(double.authenticate(id).status).toBe("succeeded")
    expect(double.capturedCharges()).toHaveLength(1)
  })

  it("is not needed off-session for a card that was set up", async () => {
    const { double, stripe } = context
    const customer = (await stripe.customers.create({})).id
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: "pm_card_authenticationRequiredOnSetup",
      payment_method_types: ["card"],
      confirm: true,
    })
    expect(setup.status).toBe("requires_action")

    const { payment_method } = double.authenticate(setup.id)

    expect(
      await stripe.paymentIntents.create(
        offSession({ customer, payment_method: String(payment_method) })
      )
    ).toMatchObject({ status: "succeeded" })
  })

  it("is only for the customer with the card set up for off-session", async () => {
    const { stripe } = context
    const saved = await savedCard(
      stripe,
      "pm_card_authenticationRequiredSetupForOffSession"
    )
    const off = await stripe.paymentIntents.create(offSession(saved))
    const on = await stripe.paymentIntents.create({
      ...offSession(saved),
      off_session: false,
    })
    expect([off.status, on.status]).toEqual(["succeeded", "requires_action"])
  })

  it("declines at once with error_on_requires_action", async () => {
    const error = await errorOf(
      payOnSession("pm_card_authenticationRequired", {
        error_on_requires_action: true,
      })
    )
    expect(error.code).toBe("authentication_required")
  })

  it("has a page for browsers", async () => {
    const { stripe } = context
    const intent = await payOnSession("pm_card_authenticationRequired", {
      return_url: RETURN_URL,
    })
    const bank = intent.next_action?.redirect_to_url?.url ?? ""

    const page = await (await fetch(bank)).text()
    const answer = await fetch(bank, {
      method: "POST",
      body: new URLSearchParams({ answer: "success" }),
      redirect: "manual",
    })

    expect(page).toContain("Complete authentication")
    expect(answer.status).toBe(303)
    expect(answer.headers.get("location")).toContain(
      `${RETURN_URL}?payment_intent=${intent.id}`
    )
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(
      "succeeded"
    )
  })
})

describe("setup intents", () => {
  it("save the card to the customer", async () => {
    const { double, stripe } = context
    const customer = await stripe.customers.create({})
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    })
    const confirmed = await stripe.setupIntents.confirm(setup.id, {
      payment_method: "pm_card_visa",
    })

    const methods = await stripe.customers.listPaymentMethods(customer.id)
    expect(confirmed.status).toBe("succeeded")
    expect(methods.data.map(({ id }) => id)).toEqual([confirmed.payment_method])
    expect(double.events("setup_intent.succeeded")).toHaveLength(1)
  })

  it("refuse a card the issuer refuses", async () => {
    const { stripe } = context
    const setup = await stripe.setupIntents.create({
      payment_method_types: ["card"],
    })
    const error = await errorOf(
      stripe.setupIntents.confirm(setup.id, {
        payment_method: "pm_card_visa_chargeDeclinedLostCard",
      })
    )
    expect(error.decline_code).toBe("lost_card")
    expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({
      status: "requires_payment_method",
      last_setup_error: { decline_code: "lost_card" },
    })
  })

  it("can be canceled once", async () => {
    const { stripe } = context
    const setup = await stripe.setupIntents.create({})
    expect((await stripe.setupIntents.cancel(setup.id)).status).toBe("canceled")
    expect((await errorOf(stripe.setupIntents.cancel(setup.id))).code).toBe(
      "setup_intent_unexpected_state"
    )
  })
})
