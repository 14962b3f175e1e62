import {
  adminClient,
  completeCart,
  confirmSession,
  createPlan,
  createSubscriptionCart,
  eventuallySubscriptions,
  ok,
  portalTest,
  registerCustomer,
  setClock,
  startPayment,
  STRIPE_PROVIDER,
  type HttpClient,
  type HttpResponse,
  type PaymentSession,
  type TestCustomer,
} from "../helpers"

type Row = Record<string, unknown>

const STRIPE = { provider_id: STRIPE_PROVIDER }

/** Carts that owe nothing today and still need a card for later. */
portalTest({
  stripe: true,
  options: { offSessionProviders: ["pp_stripe_*"], timezone: "Europe/Berlin" },
  testSuite: (app) => {
    let customer: TestCustomer

    beforeEach(async () => {
      app.stripe().reset()
      customer = await registerCustomer(app)
    })
    afterEach(() => {
      expect(app.stripe().violations).toEqual([])
    })

    const complete = (client: HttpClient, cartId: string) =>
      client.post(`/store/carts/${cartId}/complete`, {})

    const subscriptions = () => eventuallySubscriptions(app)

    const intents = () =>
      app
        .stripe()
        .requests.filter(
          ({ method, path }) =>
            method === "POST" && /^\/v1\/(payment|setup)_intents$/.test(path)
        )

    describe("with nothing due today", () => {
      const trialCart = async (input: Row = {}): Promise<string> =>
        createSubscriptionCart(app, customer.api, {
          lines: [
            {
              sku: "COURSE-EN",
              plan: await createPlan(app, ["COURSE-EN"], {
                trial_days: 14,
                ...input,
              }),
            },
          ],
        })

      const sessionOf = (response: HttpResponse<Row>): PaymentSession => {
        const { payment_collection: collection } = ok(response) as {
          payment_collection: { payment_sessions: PaymentSession[] }
        }
        const [session] = collection.payment_sessions
        if (!session) {
          throw new Error("No session")
        }
        return session
      }

      it("collects a card through a SetupIntent before the order (B9)", async () => {
        await setClock(await adminClient(app), "2031-03-20T08:00:00Z")
        const cart = await trialCart()
        expect(await complete(customer.api, cart)).toMatchObject({
          status: 400,
          data: { code: "payment_method_required" },
        })

        const session = sessionOf(
          await startPayment(customer.api, cart, STRIPE)
        )
        expect(session).toMatchObject({
          provider_id: STRIPE_PROVIDER,
          amount: 0,
          currency_code: "eur",
          status: "pending",
          data: {
            id: expect.stringMatching(/^seti_/) as string,
            client_secret: expect.stringMatching(/^seti_/) as string,
          },
        })
        // Asked again: the same SetupIntent, and one at Stripe.
        const again = sessionOf(await startPayment(customer.api, cart, STRIPE))
        expect(again.data.id).toBe(session.data.id)
        expect(intents().map(({ path }) => path)).toEqual(["/v1/setup_intents"])
        expect(intents()[0]?.params).toMatchObject({ usage: "off_session" })

        expect(await complete(customer.api, cart)).toMatchObject({
          status: 400,
          data: { code: "payment_method_required" },
        })
        const declined = await confirmSession(
          app,
          session,
          "pm_card_chargeDeclined"
        )
        expect(declined.error).toBeDefined()
        expect((await complete(customer.api, cart)).status).toBe(400)
        expect(await app.db('select id from "order"')).toEqual([])

        const confirmed = await confirmSession(app, session)
        expect(confirmed.intent?.status).toBe("succeeded")
        expect((await completeCart(customer.api, cart)).type).toBe("order")

        const [subscription] = await subscriptions()
        const [holder] = await app.db<Row>("select * from account_holder")
        expect(subscription).toMatchObject({
          status: "trialing",
          provider_id: STRIPE_PROVIDER,
          account_holder_id: holder?.id,
          payment_method_id: confirmed.intent?.payment_method,
          period_offset: 0,
          // The clocks change on 30 March: eight o'clock UTC is nine there.
          trial_ends_at: new Date("2031-04-03T07:00:00Z"),
          anchor_at: new Date("2031-04-03T07:00:00Z"),
        })
        expect(
          await app.db(
            `select sequence, period_index, status, amount, paid_at, due_at
             from portal_subscription_cycle order by sequence`
          )
        ).toEqual([
          {
            sequence: 0,
            period_index: -1,
            status: "completed",
            amount: "0",
            paid_at: null,
            due_at: new Date("2031-03-20T08:00:00Z"),
          },
          {
            sequence: 1,
            period_index: 0,
            status: "scheduled",
            amount: null,
            paid_at: null,
            due_at: new Date("2031-04-03T07:00:00Z"),
          },
        ])
        expect(app.stripe().capturedCharges()).toEqual([])
      })

      it("makes one SetupIntent for requests at once", async () => {
        const cart = await trialCart()
        await startPayment(customer.api, cart, { provider_id: "pp_none" })
        const answers = await Promise.all(
          Array.from({ length: 5 }, () =>
            startPayment(customer.api, cart, STRIPE)
          )
        )
        const secrets = answers
          .filter(({ status }) => status === 200)
          .map((answer) => sessionOf(answer).data.client_secret)
        expect(secrets.length).toBeGreaterThan(0)
        expect(new Set(secrets).size).toBe(1)
        expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        expect(
          await app.db(
            "select id from portal_cart_payment_setup where deleted_at is null"
          )
        ).toHaveLength(1)
        const setups = intents().filter(({ replayed }) => !replayed)
        expect(new Set(setups.map((one) => one.idempotencyKey)).size).toBe(1)
      })

      it("lets a trial without a card pass where the plan allows it", async () => {
        const cart = await trialCart({ trial_requires_payment_method: false })
        expect((await completeCart(customer.api, cart)).type).toBe("order")
        const [subscription] = await subscriptions()
        expect(subscription).toMatchObject({
          status: "trialing",
          provider_id: null,
          payment_method_id: null,
        })
        expect(app.stripe().requests).toEqual([])
      })

      it("keeps a trial without a card to its own customer", async () => {
        const plan = await createPlan(app, ["COURSE-EN"], {
          trial_days: 14,
          trial_requires_payment_method: false,
        })
        const cart = await createSubscriptionCart(app, app.store, {
          lines: [{ sku: "COURSE-EN", plan }],
          email: customer.email,
        })
        expect(await complete(app.store, cart)).toMatchObject({
          status: 401,
          data: { code: "customer_required" },
        })
      })

      it("refuses a provider that the region does not have, as core does", async () => {
        const cart = await trialCart()
        expect(
          await startPayment(customer.api, cart, {
            provider_id: "pp_stripe_elsewhere",
          })
        ).toMatchObject({
          status: 400,
          data: {
            message: expect.stringContaining("is not enabled") as string,
          },
        })
      })
    })
  },
})
