import {
  adminClient,
  checkout,
  countSql,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  startWorker,
  statuses,
  STRIPE_PROVIDER,
  type PortalTestApp,
} from "../helpers"

/** The harness itself: if this fails, look here before anywhere else. */
portalTest({
  stripe: true,
  testSuite: (app) => {
    const variant = (sku: string): string => app.seed.variants[sku]?.id ?? ""

    it("answers, and knows its seed", async () => {
      expect((await app.api.get("/health")).status).toBe(200)

      const { products } = ok(
        await app.store.get<{ products: { handle: string }[] }>(
          "/store/products"
        )
      )
      expect(products.map(({ handle }) => handle).sort()).toEqual([
        "brewing-course",
        "coffee-beans",
        "mug",
        "tea-box",
      ])
    })

    it("sells to a customer with the system provider", async () => {
      const customer = await registerCustomer(app)
      const completion = await checkout(app, customer.api, {
        lines: [{ variantId: variant("COFFEE-250"), quantity: 2 }],
      })

      // 2 × 9.90 and 4.90 shipping, tax included.
      expect(completion).toMatchObject({
        type: "order",
        order: { email: customer.email, total: 24.7 },
      })
      expect(await orders(app)).toBe(1)
    })

    it("puts the database back before each test", async () => {
      expect(await orders(app)).toBe(0)
    })

    it("sells to a guest with Stripe", async () => {
      const completion = await checkout(app, app.store, {
        currency: "usd",
        email: "guest@shop.test",
        lines: [{ variantId: variant("MUG-SAND") }],
        provider: STRIPE_PROVIDER,
      })

      // 20 and 5 shipping, 8 % tax on top.
      expect(completion).toMatchObject({ type: "order", order: { total: 27 } })
      const [payment] = await app.db("select amount, provider_id from payment")
      expect(payment).toEqual({ amount: "27", provider_id: STRIPE_PROVIDER })
    })

    it("does not sell with a card that is declined", async () => {
      const completion = await checkout(app, app.store, {
        email: "guest@shop.test",
        lines: [{ variantId: variant("COURSE-EN") }],
        digital: true,
        provider: STRIPE_PROVIDER,
        card: "pm_card_chargeDeclined",
      })

      expect(completion).toMatchObject({ type: "refused", status: 400 })
      expect(await orders(app)).toBe(0)
    })

    it.each([
      ["jpy", 4500],
      ["kwd", 9.9],
    ])("sells in %s, whatever its decimals", async (currency, total) => {
      const completion = await checkout(app, app.store, {
        currency,
        email: "guest@shop.test",
        lines: [{ variantId: variant("TEA-BOX") }],
        provider: STRIPE_PROVIDER,
      })
      expect(completion).toMatchObject({ type: "order", order: { total } })
    })

    it("signs the seeded admin in", async () => {
      const admin = await adminClient(app)
      const { user } = ok(
        await admin.get<{ user: { email: string } }>("/admin/users/me")
      )
      expect(user.email).toBe(app.seed.admin.email)
    })

    it("counts the SQL statements of a call", async () => {
      await app.db("select 1") // A new connection asks for the version first.
      const one = await countSql(() => app.db("select 1 where 1 = ?", [1]))
      expect(one.count).toBe(1)

      const call = await countSql(() => app.store.get("/store/products"))
      expect(call.result.status).toBe(200)
      expect(call.count).toBeGreaterThan(1)
    })

    it("makes calls in parallel", async () => {
      const { fulfilled } = await parallel(20, () => app.api.get("/health"))
      expect(statuses(fulfilled)).toEqual({ 200: 20 })
    })

    it("starts and kills another process on the same database", async () => {
      const worker = await startWorker(app.processEnv())
      const file = "integration-tests/helpers/worker/probe"
      expect(await worker.call(file, "countRegions")).toBe(4)

      const endless = worker.call(file, "sleep", 60_000)
      await worker.kill()
      await expect(endless).rejects.toThrow("SIGKILL")
    })
  },
})

async function orders(app: PortalTestApp): Promise<number> {
  const rows = await app.db('select id from "order"')
  return rows.length
}
