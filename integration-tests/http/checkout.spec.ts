import {
  addSubscription,
  adminClient,
  checkout,
  completeCart,
  confirmSession,
  createPlan,
  createSubscriptionCart,
  eventually,
  eventuallySubscriptions,
  ok,
  openPayment,
  portalTest,
  registerCustomer,
  setClock,
  startPayment,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
  type HttpClient,
  type TestCustomer,
} from "../helpers"

type Row = Record<string, unknown>

/** What the storefront sees of a cart with subscriptions. */
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

    describe("with something due today", () => {
      it("saves the card, and makes one subscription with its first renewal", async () => {
        const admin = await adminClient(app)
        await setClock(admin, "2031-01-31T10:00:00Z")
        const plan = await createPlan(app, ["COFFEE-250"], {
          recurring_discount: { type: "percent", value: 10 },
          setup_fee: { eur: 5 },
          min_cycles: 2,
        })
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [{ sku: "COFFEE-250", plan, quantity: 2 }],
          shipping: true,
        })
        const { session } = await openPayment(
          customer.api,
          cart,
          STRIPE_PROVIDER
        )
        expect(intents()[0]?.params).toMatchObject({
          setup_future_usage: "off_session",
        })
        await confirmSession(app, session)
        const completion = await completeCart(customer.api, cart)
        expect(completion.type).toBe("order")
        const order = completion.type === "order" ? completion.order : undefined

        const [subscription] = await subscriptions()
        const [holder] = await app.db<Row>("select * from account_holder")
        expect(subscription).toMatchObject({
          status: "active",
          customer_id: customer.id,
          email: customer.email,
          plan_id: plan.id,
          currency_code: "eur",
          timezone: "Europe/Berlin",
          interval: "month",
          interval_count: 1,
          period_offset: 1,
          min_cycles: 2,
          max_cycles: null,
          origin_order_id: order?.id,
          provider_id: STRIPE_PROVIDER,
          account_holder_id: holder?.id,
          payment_method_id: expect.stringMatching(/^pm_/) as string,
          shipping_option_id: app.seed.regions.eur?.shipping.standard,
          anchor_at: new Date("2031-01-31T10:00:00Z"),
        })
        expect(subscription?.shipping_address).toMatchObject({
          city: "Berlin",
          country_code: "de",
        })
        expect(subscription?.shipping_address).not.toHaveProperty("id")

        const items = await app.db<Row>(
          "select * from portal_subscription_item"
        )
        expect(items).toEqual([
          expect.objectContaining({
            subscription_id: subscription?.id,
            variant_id: app.seed.variants["COFFEE-250"]?.id,
            quantity: 2,
            unit_price: "8.91",
            list_unit_price: "9.9",
            is_tax_inclusive: true,
            origin_line_item_id: expect.stringMatching(/^ordli_/) as string,
          }),
        ])

        const cycles = await app.db<Row>(
          "select * from portal_subscription_cycle order by sequence"
        )
        expect(cycles).toEqual([
          expect.objectContaining({
            sequence: 0,
            period_index: 0,
            status: "completed",
            order_id: order?.id,
            // 2 × 9.90 and the setup fee; shipping is not the subscription's.
            amount: "24.8",
            period_start: new Date("2031-01-31T10:00:00Z"),
            period_end: new Date("2031-02-28T10:00:00Z"),
          }),
          expect.objectContaining({
            sequence: 1,
            period_index: 1,
            status: "scheduled",
            order_id: null,
            due_at: new Date("2031-02-28T10:00:00Z"),
            next_attempt_at: new Date("2031-02-28T10:00:00Z"),
            // Summer time has begun: ten o'clock UTC is eleven there, and stays.
            period_end: new Date("2031-03-31T09:00:00Z"),
          }),
        ])

        const links = await eventually(async () => {
          const rows = await app.db<Row>(
            "select order_id from portal_subscription_portal_subscription_order_order"
          )
          return rows.length ? rows : undefined
        })
        expect(links).toEqual([{ order_id: order?.id }])
        expect(
          await app.db("select type, actor_type from portal_subscription_event")
        ).toEqual([{ type: "created", actor_type: "customer" }])
        expect(
          await app.db(
            "select id from portal_cart_item where deleted_at is null"
          )
        ).toEqual([])
      })

      it("lets a storefront neither charge at once nor take the saving back", async () => {
        const plan = await createPlan(app, ["COURSE-EN"])
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [{ sku: "COURSE-EN", plan }],
        })
        ok(
          await startPayment(customer.api, cart, {
            provider_id: STRIPE_PROVIDER,
            data: {
              confirm: true,
              off_session: true,
              customer: "cus_other",
              payment_method: "pm_card_visa",
              payment_method_data: { type: "card" },
              payment_method_options: { card: { setup_future_usage: "none" } },
              setup_future_usage: "on_session",
              capture_method: "manual",
              metadata: { cycle_id: "scyc_other" },
              payment_method_types: ["card"],
            },
          })
        )
        const {
          metadata,
          customer: payer,
          ...sent
        } = intents()[0]?.params ?? {}
        expect(sent).toEqual({
          amount: "4900",
          currency: "eur",
          capture_method: "automatic",
          setup_future_usage: "off_session",
          payment_method_types: ["card"],
          expand: ["payment_method"],
        })
        expect(Object.keys(metadata as Row)).toEqual(["session_id"])
        expect(payer).toMatch(/^cus_(?!other)/)
      })

      it("refuses a guest, someone else's login, and nobody at all", async () => {
        const plan = await createPlan(app, ["COURSE-EN"])
        const lines = [{ sku: "COURSE-EN", plan }]
        const guest = await createSubscriptionCart(app, app.store, {
          lines,
          email: "guest@shop.test",
        })
        // Core makes the cart of a registered address that customer's.
        const borrowed = await createSubscriptionCart(app, app.store, {
          lines,
          email: customer.email,
        })
        const other = await registerCustomer(app)
        for (const [client, cart] of [
          [app.store, guest],
          [app.store, borrowed],
          [other.api, borrowed],
          [customer.api, guest],
        ] as const) {
          for (const refused of [
            await startPayment(client, cart, { provider_id: STRIPE_PROVIDER }),
            await complete(client, cart),
          ]) {
            expect(refused).toMatchObject({
              status: 401,
              data: { code: "customer_required", type: "unauthorized" },
            })
          }
        }
        expect(app.stripe().requests).toEqual([])
        expect(await app.db('select id from "order"')).toEqual([])
      })

      it("refuses a provider that cannot charge renewals", async () => {
        const plan = await createPlan(app, ["COURSE-EN"])
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [{ sku: "COURSE-EN", plan }],
        })
        const refused = await startPayment(customer.api, cart, {
          provider_id: SYSTEM_PROVIDER,
        })
        expect(refused).toMatchObject({
          status: 400,
          data: {
            code: "payment_provider_not_off_session",
            details: { provider_id: SYSTEM_PROVIDER },
          },
        })
        expect(await app.db("select id from payment_session")).toEqual([])
      })

      it("refuses a payment that began before the subscription came", async () => {
        // Free today, so that the amount of the open payment does not change.
        const plan = await createPlan(app, ["COURSE-EN"], { trial_days: 7 })
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [],
          once: ["MUG-SAND"],
          shipping: true,
        })
        await openPayment(customer.api, cart, STRIPE_PROVIDER)
        await addSubscription(app, cart, { sku: "COURSE-EN", plan })
        expect(await complete(customer.api, cart)).toMatchObject({
          status: 400,
          data: { code: "payment_method_required" },
        })
        // Starting the payment again is all it takes.
        const { session } = await openPayment(
          customer.api,
          cart,
          STRIPE_PROVIDER
        )
        await confirmSession(app, session)
        expect((await completeCart(customer.api, cart)).type).toBe("order")
        const [subscription] = await subscriptions()
        expect(subscription).toMatchObject({
          status: "trialing",
          payment_method_id: expect.stringMatching(/^pm_/) as string,
        })
      })

      it("refuses lines that were changed behind the plan's back", async () => {
        const plan = await createPlan(app, ["COURSE-EN"])
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [{ sku: "COURSE-EN", plan }],
        })
        await app.db(
          "update cart_line_item set unit_price = 1, raw_unit_price = ?",
          [JSON.stringify({ value: "1", precision: 20 })]
        )
        await openPayment(customer.api, cart, STRIPE_PROVIDER)
        expect(await complete(customer.api, cart)).toMatchObject({
          status: 409,
          data: {
            code: "subscription_items_changed",
            details: { problem: "price_changed" },
          },
        })
      })

      it("answers a completion that is repeated with the same order", async () => {
        const plan = await createPlan(app, ["COURSE-EN"])
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [{ sku: "COURSE-EN", plan }],
        })
        const { session } = await openPayment(
          customer.api,
          cart,
          STRIPE_PROVIDER
        )
        await confirmSession(app, session)
        const first = await completeCart(customer.api, cart)
        const again = await completeCart(customer.api, cart)
        expect(again).toMatchObject({
          type: "order",
          order: { id: first.type === "order" && first.order.id },
        })
        expect(await subscriptions()).toHaveLength(1)
      })
    })

    describe("a renewal's payment collection", () => {
      it("looks to everybody as if it did not exist", async () => {
        const plan = await createPlan(app, ["COURSE-EN"])
        const cart = await createSubscriptionCart(app, customer.api, {
          lines: [{ sku: "COURSE-EN", plan }],
        })
        const { session } = await openPayment(
          customer.api,
          cart,
          STRIPE_PROVIDER
        )
        await confirmSession(app, session)
        await completeCart(customer.api, cart)
        await subscriptions()
        const payments = app.container().resolve("payment")
        const collection = await payments.createPaymentCollections({
          amount: 49,
          currency_code: "eur",
        })
        await app.db(
          "update portal_subscription_cycle set payment_collection_id = ? where sequence = 1",
          [collection.id]
        )
        const before = app.stripe().requests.length
        const sessions = await app.db("select id from payment_session")

        for (const client of [app.store, customer.api]) {
          for (const id of [collection.id, "pay_col_unknown"]) {
            const refused = await client.post(
              `/store/payment-collections/${id}/payment-sessions`,
              { provider_id: STRIPE_PROVIDER, data: { confirm: true } }
            )
            expect(refused.status).toBe(404)
            expect(refused.data).toEqual({
              type: "not_found",
              code: "not_found",
              message: `Payment collection with id: ${id} was not found`,
            })
          }
        }
        expect(app.stripe().requests).toHaveLength(before)
        expect(await app.db("select id from payment_session")).toEqual(sessions)
      })
    })

    describe("a cart without subscriptions", () => {
      it("is core's alone, for guests and with any provider", async () => {
        const bought = await checkout(app, app.store, {
          email: "guest@shop.test",
          lines: [{ variantId: app.seed.variants["MUG-SAND"]?.id ?? "" }],
        })
        expect(bought.type).toBe("order")
        const paid = await checkout(app, app.store, {
          email: "guest@shop.test",
          lines: [{ variantId: app.seed.variants["MUG-SAND"]?.id ?? "" }],
          provider: STRIPE_PROVIDER,
        })
        expect(paid.type).toBe("order")
        expect(intents()[0]?.params).not.toHaveProperty("setup_future_usage")
        expect(await app.db("select id from portal_subscription")).toEqual([])
      })
    })
  },
})
