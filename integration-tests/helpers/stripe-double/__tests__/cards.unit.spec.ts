import { TEST_CARDS } from ".."
import { errorOf, offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()

describe("cards that are fine", () => {
  it.each(["pm_card_visa", "pm_card_mastercard"])(
    "charges %s",
    async (card) => {
      const { double, stripe } = context
      const intent = await stripe.paymentIntents.create({
        ...offSession(await savedCard(stripe, card)),
        metadata: { cycle_id: "c1" },
        expand: ["latest_charge", "payment_method"],
      })

      expect(intent).toMatchObject({
        status: "succeeded",
        amount_received: 2_000,
        latest_charge: { paid: true, captured: true, amount: 2_000 },
        payment_method: { card: { brand: card.split("_")[2] } },
      })
      expect(
        double.capturedCharges({ metadata: { cycle_id: "c1" } })
      ).toHaveLength(1)
      expect(double.violations).toEqual([])
    }
  )

  it("takes numbers and tokens", async () => {
    const { stripe } = context
    const byNumber = await stripe.paymentMethods.create({
      type: "card",
      card: { number: "4242424242424242", exp_month: 12, exp_year: 2040 },
    })
    const byToken = await stripe.paymentMethods.create({
      type: "card",
      card: { token: "tok_mastercard" },
    })

    expect(byNumber.card).toMatchObject({ brand: "visa", last4: "4242" })
    expect(byToken.card).toMatchObject({ brand: "mastercard", last4: "4444" })
  })

  it("refuses wrong numbers and past dates", async () => {
    const { stripe } = context
    const create = (number: string, exp_year: number) =>
      stripe.paymentMethods.create({
        type: "card",
        card: { number, exp_month: 1, exp_year },
      })

    expect((await errorOf(create("4242424242424241", 2040))).code).toBe(
      "incorrect_number"
    )
    expect((await errorOf(create("4242424242424242", 2001))).code).toBe(
      "invalid_expiry_year"
    )
  })
})

describe("cards that are declined", () => {
  const refused = TEST_CARDS.filter(
    ({ behaviour }) => behaviour.decline && !behaviour.authentication
  )

  it.each(refused.map((card) => [card.name, card.behaviour] as const))(
    "declines %s with the code of the issuer",
    async (name, { decline }) => {
      const { double, stripe } = context
      const error = await errorOf(
        stripe.paymentIntents.create({
          amount: 2_000,
          currency: "eur",
          confirm: true,
          payment_method_types: ["card"],
          payment_method: `pm_card_${name}`,
        })
      )

      expect(error).toMatchObject({
        type: "StripeCardError",
        statusCode: 402,
        decline_code: decline,
        payment_intent: { status: "requires_payment_method" },
      })
      const intent = await stripe.paymentIntents.retrieve(
        error.payment_intent?.id ?? "",
        { expand: ["latest_charge"] }
      )
      expect(intent).toMatchObject({
        payment_method: null,
        last_payment_error: { decline_code: decline, code: error.code },
        latest_charge: { status: "failed", paid: false, captured: false },
      })
      expect(double.capturedCharges()).toEqual([])
    }
  )

  it("names the codes of Stripe", async () => {
    const codes = Object.fromEntries(
      await Promise.all(
        ["Expired", "Incorrect", "Processing"].map(async (start) => {
          const card = refused.find(({ name }) =>
            name.startsWith(`chargeDeclined${start}`)
          )
          const error = await errorOf(
            context.stripe.paymentIntents.create({
              amount: 100,
              currency: "eur",
              confirm: true,
              payment_method_types: ["card"],
              payment_method: `pm_card_${card?.name}`,
            })
          )
          return [start, error.code] as const
        })
      )
    )
    expect(codes).toEqual({
      Expired: "expired_card",
      Incorrect: "incorrect_cvc",
      Processing: "processing_error",
    })
  })

  it("does not save a card the issuer refuses, as Stripe", async () => {
    const error = await errorOf(
      savedCard(context.stripe, "pm_card_visa_chargeDeclined")
    )
    expect(error).toMatchObject({ statusCode: 402, code: "card_declined" })
  })

  it("declines a number of times and then succeeds", async () => {
    const { stripe } = context
    const saved = await savedCard(stripe, "pm_card_savedInsufficientFundsTwice")
    const intent = await stripe.paymentIntents.create({
      amount: 2_000,
      currency: "eur",
      payment_method_types: ["card"],
      customer: saved.customer,
    })
    const confirm = () =>
      stripe.paymentIntents.confirm(intent.id, {
        payment_method: saved.payment_method,
        off_session: true,
      })

    expect((await errorOf(confirm())).decline_code).toBe("insufficient_funds")
    expect((await errorOf(confirm())).decline_code).toBe("insufficient_funds")
    expect(await confirm()).toMatchObject({
      status: "succeeded",
      last_payment_error: null,
    })
  })

  it("lets a saved card turn bad", async () => {
    const { double, stripe } = context
    const saved = await savedCard(stripe)
    double.setCardBehaviour(saved.payment_method, { decline: "stolen_card" })

    const error = await errorOf(stripe.paymentIntents.create(offSession(saved)))

    expect(error.decline_code).toBe("stolen_card")
  })
})

describe("cards with trouble around the charge", () => {
  it.each(["timeoutAfterCharge", "errorAfterCharge"])(
    "charges once with %s",
    async (name) => {
      const { double, stripe } = context
      const saved = await savedCard(stripe, `pm_card_${name}`)
      const charge = () =>
        stripe.paymentIntents.create(offSession(saved), {
          idempotencyKey: "k1",
        })

      await errorOf(charge())
      await charge().catch(() => undefined)

      expect(double.succeededIntents()).toHaveLength(1)
      expect(double.capturedCharges()).toHaveLength(1)
    }
  )

  it("charges nothing with errorBeforeCharge", async () => {
    const { double, stripe } = context
    const saved = await savedCard(stripe, "pm_card_errorBeforeCharge")

    const error = await errorOf(stripe.paymentIntents.create(offSession(saved)))

    expect(error).toMatchObject({ type: "StripeAPIError", statusCode: 500 })
    expect(double.capturedCharges()).toEqual([])
  })
})
