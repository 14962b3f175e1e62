import { renewDueCycles } from "../../src/workflows/renewals/renew-due-cycles"
import { Modules } from "@medusajs/framework/utils"

import { createSubscriptionsFromOrderWorkflow } from "../../src/workflows/subscriptions/create-subscriptions-from-order"
import { reconcileOrders } from "../../src/workflows/subscriptions/reconcile-orders"
import {
  addSubscription,
  adminClient,
  completeCart,
  createPlan,
  createSubscriptionCart,
  eventually,
  eventuallySubscriptions,
  ok,
  openPayment,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  STRIPE_PROVIDER,
  confirmSession,
  type Json,
  type SubscriptionLine,
  type TestCustomer,
} from "../helpers"

/** From the placed order to its subscriptions, however often and by whom. */
portalTest({
  stripe: true,
  testSuite: (app) => {
    let customer: TestCustomer

    beforeEach(async () => {
      customer = await registerCustomer(app)
    })
    afterEach(() => {
      jest.restoreAllMocks()
    })

    const run = async (orderId: string): Promise<{ id: string }[]> => {
      const { result } = await createSubscriptionsFromOrderWorkflow(
        app.container()
      ).run({ input: { order_id: orderId } })
      return result.created
    }

    /** Buys with the system provider. */
    const buy = async (
      lines: SubscriptionLine[],
      once: string[] = []
    ): Promise<string> => {
      const cart = await createSubscriptionCart(app, customer.api, {
        lines,
        once,
        shipping: once.length > 0,
      })
      return await pay(cart)
    }

    const pay = async (cart: string): Promise<string> => {
      await openPayment(customer.api, cart)
      const completion = await completeCart(customer.api, cart)
      if (completion.type !== "order") {
        throw new Error(completion.error.message)
      }
      return completion.order.id
    }

    /** The events of the event bus go nowhere. */
    const loseEvents = () => {
      const bus = app.container().resolve(Modules.EVENT_BUS) as unknown as {
        eventEmitter_: { emit: (...args: unknown[]) => boolean }
      }
      jest.spyOn(bus.eventEmitter_, "emit").mockReturnValue(true)
    }

    /** Lets the order look old enough for the job. */
    const age = (orderId: string) =>
      app.db(
        `update "order" set created_at = now() - interval '5 minutes' where id = ?`,
        [orderId]
      )

    const count = async (table: string): Promise<number> =>
      Number(
        (await app.db<{ n: string }>(`select count(*) as n from ${table}`))[0]
          ?.n
      )

    const created: string[] = []
    beforeAll(() => {
      const bus = app.container().resolve(Modules.EVENT_BUS)
      bus.subscribe(
        "portal.subscription.created",
        async ({ data }) => {
          created.push((data as { id: string }).id)
        },
        { subscriberId: "order-subscriptions-spec" }
      )
    })

    it("uses the system provider without a saved method", async () => {
      const plan = await createPlan(app, ["COURSE-EN"])
      await buy([{ sku: "COURSE-EN", plan }])
      const [subscription] = await eventuallySubscriptions(app)
      expect(subscription).toMatchObject({
        status: "active",
        provider_id: "pp_system_default",
        account_holder_id: null,
        payment_method_id: null,
        timezone: "UTC",
      })
    })

    it("makes one subscription in 20 runs at once", async () => {
      loseEvents()
      const plan = await createPlan(app, ["COURSE-EN"])
      const order = await buy([{ sku: "COURSE-EN", plan }])
      jest.restoreAllMocks()
      created.length = 0
      const runs = await parallel(20, () => run(order))
      expect(runs.rejected).toEqual([])
      expect(runs.fulfilled.flat()).toHaveLength(1)
      expect(await count("portal_subscription")).toBe(1)
      expect(await count("portal_subscription_item")).toBe(1)
      expect(await count("portal_subscription_cycle")).toBe(2)
      expect(await count("portal_subscription_event")).toBe(1)
      expect(
        await count("portal_subscription_portal_subscription_order_order")
      ).toBe(1)
      // Announced once, too.
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(created).toEqual(runs.fulfilled.flat().map(({ id }) => id))
    })

    it("takes a redelivered event for what it is", async () => {
      const plan = await createPlan(app, ["COURSE-EN"])
      const order = await buy([{ sku: "COURSE-EN", plan }])
      const [first] = await eventuallySubscriptions(app)
      await eventually(() => created.includes(String(first?.id)) || undefined)
      created.length = 0
      await app
        .container()
        .resolve(Modules.EVENT_BUS)
        .emit({ name: "order.placed", data: { id: order } })
      expect(await run(order)).toEqual([])
      const rows = await app.db<Json>("select id from portal_subscription")
      expect(rows).toEqual([{ id: first?.id }])
      expect(created).toEqual([])
    })

    it("heals a link that a crash left out", async () => {
      const plan = await createPlan(app, ["COURSE-EN"])
      const order = await buy([{ sku: "COURSE-EN", plan }])
      await eventuallySubscriptions(app)
      const table = "portal_subscription_portal_subscription_order_order"
      await eventually(async () => (await count(table)) || undefined)
      await app.db(`delete from ${table}`)
      await run(order)
      expect(await count(table)).toBe(1)
    })

    it("finds a purchase whose event was lost", async () => {
      loseEvents()
      const plan = await createPlan(app, ["COURSE-EN"])
      const order = await buy([{ sku: "COURSE-EN", plan }])
      // A cart that was left stays what it is.
      await createSubscriptionCart(app, customer.api, {
        lines: [{ sku: "COURSE-EN", plan }],
      })
      jest.restoreAllMocks()
      // Too young: its completion might still be under way.
      expect(await reconcileOrders(app.container())).toEqual({
        checked: 2,
        created: 0,
      })
      await age(order)
      const admin = await adminClient(app)
      expect(await runJob(admin, "reconcile-orders")).toMatchObject({
        counts: { checked: 2, created: 1 },
      })
      expect(await reconcileOrders(app.container())).toEqual({
        checked: 1,
        created: 0,
      })
      expect(await count("portal_subscription")).toBe(1)
    })

    it("makes none of an order that was canceled in the meantime", async () => {
      loseEvents()
      const plan = await createPlan(app, ["COURSE-EN"])
      const order = await buy([{ sku: "COURSE-EN", plan }])
      jest.restoreAllMocks()
      await app.db(`update "order" set status = 'canceled' where id = ?`, [
        order,
      ])
      await age(order)
      expect(await reconcileOrders(app.container())).toMatchObject({
        created: 0,
      })
      expect(await reconcileOrders(app.container())).toMatchObject({
        checked: 0,
      })
    })

    it("makes a subscription for each plan, with all of its lines", async () => {
      const monthly = await createPlan(app, ["COURSE-EN", "COFFEE-250"])
      const weekly = await createPlan(app, ["COURSE-EN"], {
        interval: "week",
        first_discount: { type: "percent", value: 50 },
      })
      await buy(
        [
          { sku: "COURSE-EN", plan: monthly },
          { sku: "COFFEE-250", plan: monthly, quantity: 3 },
          { sku: "COURSE-EN", plan: weekly },
        ],
        ["COURSE-EN", "MUG-SAND"]
      )
      const rows = await eventuallySubscriptions(app, 2)
      const items = await app.db<Json>(
        `select s.plan_id, i.variant_id, i.quantity, c.amount
         from portal_subscription s
         join portal_subscription_item i on i.subscription_id = s.id
         join portal_subscription_cycle c on c.subscription_id = s.id and c.sequence = 0
         order by s.interval, i.quantity`
      )
      const id = (sku: string) => app.seed.variants[sku]?.id
      expect(rows).toHaveLength(2)
      expect(items).toEqual([
        {
          plan_id: monthly.id,
          variant_id: id("COURSE-EN"),
          quantity: 1,
          amount: "78.7",
        },
        {
          plan_id: monthly.id,
          variant_id: id("COFFEE-250"),
          quantity: 3,
          amount: "78.7",
        },
        {
          plan_id: weekly.id,
          variant_id: id("COURSE-EN"),
          quantity: 1,
          amount: "24.5",
        },
      ])
    })

    it("gives nobody a better price for writing into metadata", async () => {
      loseEvents()
      const dear = await createPlan(app, ["COURSE-EN"])
      const cheap = await createPlan(app, ["COURSE-EN"], {
        recurring_discount: { type: "fixed_price", prices: { eur: 1 } },
        first_discount: { type: "amount", amounts: { eur: 9 } },
      })
      const order = await buy([
        { sku: "COURSE-EN", plan: dear },
        { sku: "COURSE-EN", plan: cheap },
      ])
      jest.restoreAllMocks()
      // The pointers of both lines are swapped, and more is made up.
      const rows = await app.db<Json>("select * from portal_cart_item")
      const other = (plan: unknown) =>
        rows.find((row) => row.plan_id !== plan)?.id
      const lines = await app.db<Json>("select * from order_line_item")
      for (const line of lines) {
        const metadata = line.metadata as Json
        await app.db("update order_line_item set metadata = ? where id = ?", [
          JSON.stringify({
            ...metadata,
            portal_cart_item_id: other(metadata.portal_plan_id),
            recurring_unit_price: 0,
            portal_plan_id: "plan_free",
          }),
          String(line.id),
        ])
      }
      expect(await run(order)).toHaveLength(2)
      const items = await app.db<Json>(
        `select s.plan_id, i.unit_price, l.unit_price as paid
         from portal_subscription_item i
         join portal_subscription s on s.id = i.subscription_id
         join order_line_item l on l.id = i.origin_line_item_id
         order by l.unit_price`
      )
      expect(items).toEqual([
        { plan_id: cheap.id, unit_price: "1", paid: "40" },
        { plan_id: dear.id, unit_price: "49", paid: "49" },
      ])
    })

    it("makes an incomplete subscription where core's webhook came first", async () => {
      // Paid without any of the rules: a guest's session, no saved card.
      const plan = await createPlan(app, ["COURSE-EN"], { trial_days: 7 })
      const cart = await createSubscriptionCart(app, customer.api, {
        lines: [],
        once: ["MUG-SAND"],
        shipping: true,
      })
      const { session } = await openPayment(app.store, cart, STRIPE_PROVIDER)
      await addSubscription(app, cart, { sku: "COURSE-EN", plan })
      await confirmSession(app, session)
      const engine = app.container().resolve(Modules.WORKFLOW_ENGINE)
      await engine.run("complete-cart", { input: { id: cart } })
      const [subscription] = await eventuallySubscriptions(app)
      expect(subscription).toMatchObject({
        status: "incomplete",
        customer_id: customer.id,
        provider_id: STRIPE_PROVIDER,
        payment_method_id: null,
      })
    })

    it("expires a plan of one period when the period is over", async () => {
      const plan = await createPlan(app, ["COURSE-EN"], { max_cycles: 1 })
      await buy([{ sku: "COURSE-EN", plan }])
      await eventuallySubscriptions(app)
      await app.db(
        "update portal_subscription_cycle set next_attempt_at = now() where sequence = 1"
      )
      expect(await renewDueCycles(app.container())).toMatchObject({
        ended: 1,
        paid: 0,
      })
      expect(
        await app.db("select status, ended_at from portal_subscription")
      ).toEqual([{ status: "expired", ended_at: expect.any(Date) as Date }])
      expect(
        await app.db(
          "select sequence, status from portal_subscription_cycle order by 1"
        )
      ).toEqual([
        { sequence: 0, status: "completed" },
        { sequence: 1, status: "canceled" },
      ])
    })

    it("links a subscription to its customer and orders", async () => {
      const plan = await createPlan(app, ["COURSE-EN"])
      const order = await buy([{ sku: "COURSE-EN", plan }])
      await eventuallySubscriptions(app)
      // The link is written after the subscription.
      const linked = await eventually(async () => {
        const { data } = await app
          .container()
          .resolve("query")
          .graph({
            entity: "portal_subscription",
            fields: ["id", "customer.email", "orders.id"],
          })
        const [found] = data as { orders?: unknown[] }[]
        return found?.orders?.length ? found : undefined
      })
      expect(linked).toMatchObject({
        customer: { email: customer.email },
        orders: [{ id: order }],
      })
    })

    it("leaves ordinary orders alone", async () => {
      const order = await buy([], ["MUG-SAND"])
      expect(await run(order)).toEqual([])
      expect(await count("portal_subscription")).toBe(0)
      ok(await customer.api.get("/store/orders"))
    })
  },
})
