import { Modules } from "@medusajs/framework/utils"

import {
  adminClient,
  FIRST_RENEWAL,
  makeSubscriptions,
  portalTest,
  runJob,
  setClock,
  STARTED_AT,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
  type HttpClient,
} from "../helpers"

type Counts = { counts: Record<string, number> }
type CycleFacts = {
  sequence: number
  status: string
  period_start: Date
  failure_code: string | null
  next_attempt_at: Date | null
}

portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    let admin: HttpClient

    beforeEach(async () => {
      admin = await adminClient(app)
    })

    const renewAt = async (now: string): Promise<Record<string, number>> => {
      await setClock(admin, now)
      return (await runJob<Counts>(admin, "renew-subscriptions")).counts
    }
    const cyclesOf = (id: string): Promise<CycleFacts[]> =>
      app.db<CycleFacts>(
        `select sequence, status, period_start, failure_code, next_attempt_at
         from portal_subscription_cycle where subscription_id = ?
         order by sequence`,
        [id]
      )
    const statusOf = async (id: string): Promise<string | undefined> =>
      (
        await app.db<{ status: string }>(
          "select status from portal_subscription where id = ?",
          [id]
        )
      )[0]?.status
    const setStock = (stocked: number): Promise<unknown> =>
      app.db(
        "update inventory_level set stocked_quantity = ?, raw_stocked_quantity = jsonb_build_object('value', ?::text, 'precision', 20)",
        [stocked, String(stocked)]
      )
    const orderCount = async (): Promise<number> =>
      (await app.db('select id from "order"')).length
    const only = <T>(rows: T[]): T => {
      const [row] = rows
      if (rows.length !== 1 || row === undefined) {
        throw new Error(`Expected one row, not ${rows.length}`)
      }
      return row
    }

    describe.each([[SYSTEM_PROVIDER], [STRIPE_PROVIDER]])(
      "with %s",
      (provider) => {
        it("places a whole order for the period", async () => {
          const subscription = only(
            await makeSubscriptions(app, { provider, quantity: 2 })
          )
          expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
            claimed: 1,
            paid: 1,
            completed: 1,
          })

          const { data } = await app
            .container()
            .resolve("query")
            .graph({
              entity: "portal_subscription_cycle",
              fields: [
                "id",
                "amount",
                "order.*",
                "order.total",
                "order.summary.*",
                "order.items.*",
                "order.items.tax_lines.*",
                "order.shipping_methods.*",
                "order.shipping_methods.tax_lines.*",
                "order.shipping_address.*",
                "order.payment_collections.*",
                "order.payment_collections.payments.*",
                "order.payment_collections.payments.captures.*",
              ],
              filters: { subscription_id: subscription.id, sequence: 1 },
            })
          // As HTTP would send it: Medusa's big numbers become numbers.
          const cycle = only(
            JSON.parse(JSON.stringify(data)) as { order: unknown }[]
          )
          // 2 × 9.41 and 4.90 shipping, tax included.
          expect(cycle).toMatchObject({
            amount: 23.72,
            order: {
              customer_id: subscription.customerId,
              sales_channel_id: app.seed.salesChannelId,
              currency_code: "eur",
              status: "pending",
              total: 23.72,
              summary: { paid_total: 23.72, pending_difference: 0 },
              shipping_address: { city: "Hamburg", country_code: "de" },
              items: [
                {
                  variant_sku: "COFFEE-250",
                  quantity: 2,
                  unit_price: 9.41,
                  compare_at_unit_price: 9.9,
                  is_tax_inclusive: true,
                  tax_lines: [{ rate: 19 }],
                },
              ],
              shipping_methods: [{ amount: 4.9, tax_lines: [{ rate: 19 }] }],
              payment_collections: [
                {
                  status: "completed",
                  amount: 23.72,
                  captured_amount: 23.72,
                  payments: [
                    {
                      provider_id: provider,
                      amount: 23.72,
                      captures: [{ amount: 23.72 }],
                    },
                  ],
                },
              ],
              metadata: { portal_subscription_id: subscription.id },
            },
          })
          expect(
            await app.db(
              `select r.quantity::int as quantity from reservation_item r
               join order_line_item l on l.id = r.line_item_id`
            )
          ).toEqual([{ quantity: 2 }])
        })

        it("lets the order be fulfilled and refunded as any other (B15)", async () => {
          await makeSubscriptions(app, { provider })
          await renewAt(FIRST_RENEWAL)
          const { orders } = (
            await admin.get<{
              orders: {
                id: string
                items: { id: string; quantity: number }[]
                payment_collections: { payments: { id: string }[] }[]
              }[]
            }>("/admin/orders?fields=*items,*payment_collections.payments")
          ).data
          const order = only(orders)
          const fulfilment = await admin.post(
            `/admin/orders/${order.id}/fulfillments`,
            {
              items: order.items.map(({ id, quantity }) => ({ id, quantity })),
              location_id: app.seed.locationId,
            }
          )
          expect(fulfilment.status).toBe(200)

          const payment = order.payment_collections[0]?.payments[0]?.id ?? ""
          const refund = await admin.post(`/admin/payments/${payment}/refund`, {
            amount: 1,
          })
          expect(refund.status).toBe(200)
        })
      }
    )

    it("renews a hundred times on the right days (B17)", async () => {
      const subscription = only(await makeSubscriptions(app))
      for (let n = 1; n <= 100; n++) {
        const due = only(
          await app.db<{ due_at: Date }>(
            "select due_at from portal_subscription_cycle where status = 'scheduled'"
          )
        ).due_at
        expect(await renewAt(due.toISOString())).toMatchObject({ completed: 1 })
      }
      const cycles = await cyclesOf(subscription.id)
      expect(cycles).toHaveLength(102)
      const anchor = new Date(STARTED_AT)
      for (const { sequence, period_start } of cycles) {
        const month = new Date(
          Date.UTC(anchor.getUTCFullYear(), sequence + 1, 0, 10)
        )
        // The last day of each month, or the 31st.
        expect(period_start).toEqual(month)
      }
      expect(await orderCount()).toBe(100)
    }, 300_000)

    describe("where stock is short", () => {
      beforeEach(() => setStock(0))

      it("waits a day at a time, then leaves the period out", async () => {
        const { id } = only(
          await makeSubscriptions(app, {
            plan: { stock_policy: "wait", stock_wait_days: 1 },
          })
        )
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ postponed: 1 })
        expect((await cyclesOf(id))[1]).toMatchObject({
          status: "retry_scheduled",
          failure_code: "insufficient_stock",
          next_attempt_at: new Date("2026-03-01T10:00:00Z"),
        })
        expect(await renewAt("2026-03-01T10:00:00Z")).toMatchObject({
          skipped: 1,
        })
        const [, skipped, next] = await cyclesOf(id)
        expect(skipped?.status).toBe("skipped")
        expect(next).toMatchObject({
          status: "scheduled",
          period_start: new Date("2026-03-31T10:00:00Z"),
        })
        expect(await orderCount()).toBe(0)
      })

      it("charges when the stock is back within the wait", async () => {
        const { id } = only(
          await makeSubscriptions(app, { plan: { stock_policy: "wait" } })
        )
        await renewAt(FIRST_RENEWAL)
        await setStock(5)
        expect(await renewAt("2026-03-01T10:00:00Z")).toMatchObject({
          completed: 1,
        })
        // The wait does not move the dates that follow.
        expect((await cyclesOf(id))[2]?.period_start).toEqual(
          new Date("2026-03-31T10:00:00Z")
        )
      })

      it("skips, pauses or sells as a backorder, as the plan says", async () => {
        const skip = only(
          await makeSubscriptions(app, { plan: { stock_policy: "skip" } })
        )
        const pause = only(
          await makeSubscriptions(app, { plan: { stock_policy: "pause" } })
        )
        const charge = only(
          await makeSubscriptions(app, { plan: { stock_policy: "charge" } })
        )
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
          claimed: 3,
          completed: 1,
          skipped: 1,
          postponed: 1,
        })
        expect((await cyclesOf(skip.id)).map(({ status }) => status)).toEqual([
          "completed",
          "skipped",
          "scheduled",
        ])
        expect(await statusOf(pause.id)).toBe("paused")
        expect((await cyclesOf(pause.id))[1]?.next_attempt_at).toBeNull()
        expect((await cyclesOf(charge.id))[1]?.status).toBe("completed")
        expect(
          await app.db("select allow_backorder from reservation_item")
        ).toEqual([{ allow_backorder: true }])
      })

      it("sells the last piece to one of a batch", async () => {
        await setStock(1)
        await makeSubscriptions(app, {
          count: 3,
          plan: { stock_policy: "skip" },
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
          completed: 1,
          skipped: 2,
        })
      })
    })

    it("charges nothing while a period has no price or no shipping", async () => {
      const gone = only(await makeSubscriptions(app, { sku: "TEA-BOX" }))
      const unshipped = only(
        await makeSubscriptions(app, { shippingOptionId: "so_gone" })
      )
      await app
        .container()
        .resolve(Modules.PRODUCT)
        .softDeleteProductVariants([app.seed.variants["TEA-BOX"]?.id ?? ""])
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ postponed: 2 })
      expect((await cyclesOf(gone.id))[1]).toMatchObject({
        status: "retry_scheduled",
        failure_code: "variant_unavailable",
        next_attempt_at: new Date("2026-03-01T10:00:00Z"),
      })
      expect((await cyclesOf(unshipped.id))[1]).toMatchObject({
        failure_code: "shipping_unavailable",
      })
      expect(await orderCount()).toBe(0)
    })

    it("takes the list price of the day where the plan says so, its discount off (B7)", async () => {
      const kept = only(await makeSubscriptions(app, { unitPrice: 5 }))
      const current = only(
        await makeSubscriptions(app, {
          unitPrice: 5,
          plan: { price_policy: "current" },
        })
      )
      await renewAt(FIRST_RENEWAL)
      const amounts = await app.db<{ subscription_id: string; amount: string }>(
        "select subscription_id, amount from portal_subscription_cycle where sequence = 1"
      )
      const amountOf = (id: string): number =>
        Number(amounts.find((one) => one.subscription_id === id)?.amount ?? NaN)
      expect(amountOf(kept.id)).toBeCloseTo(5 + 4.9, 6)
      // 5 % off 9.90, rounded.
      expect(amountOf(current.id)).toBeCloseTo(9.41 + 4.9, 6)
    })

    it("declines a subscription without a payment method, once", async () => {
      const { id } = only(
        await makeSubscriptions(app, { provider: STRIPE_PROVIDER })
      )
      await app.db(
        "update portal_subscription set payment_method_id = null where id = ?",
        [id]
      )
      const calls = app.stripe().requests.length
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      expect((await cyclesOf(id))[1]).toMatchObject({
        status: "uncollectible",
        failure_code: "payment_method_missing",
      })
      expect(await statusOf(id)).toBe("past_due")
      expect(app.stripe().requests).toHaveLength(calls)
      expect(await renewAt("2026-03-10T10:00:00Z")).toMatchObject({
        claimed: 0,
      })
    })

    it("counts a period that costs nothing as paid, without a charge", async () => {
      const { id } = only(
        await makeSubscriptions(app, { unitPrice: 0, sku: "COURSE-EN" })
      )
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
        paid: 1,
        completed: 1,
      })
      expect((await cyclesOf(id))[1]?.status).toBe("completed")
      expect(await app.db("select id from payment_collection")).toEqual([])
      expect(await orderCount()).toBe(1)
    })
  },
})
