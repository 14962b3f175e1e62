import {
  expectError,
  FIRST_RENEWAL,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import type { NextChargeResponse } from "../../src/types/subscription-http"
import type { PricedCharge } from "../../src/types/next-charge-http"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const SECOND_RENEWAL = "2026-03-31T10:00:00.000Z"
const THIRD_RENEWAL = "2026-04-30T10:00:00.000Z"

portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    const {
      admin,
      anna,
      act,
      staff,
      subscribe,
      open,
      statusOf,
      renewAt,
      attempts,
      timeline,
    } = subscriber(app)

    const variant = (sku: string) => app.seed.variants[sku]?.id ?? ""
    const mug = () => ({ variant_id: variant("MUG-SAND") })
    const path = (id: string) => `/store/portal/subscriptions/${id}`
    const nextCharge = async (id: string) =>
      ok(await anna().api.get<NextChargeResponse>(`${path(id)}/next-charge`))
        .next_charge as PricedCharge | null
    const lines = (id: string) =>
      app.db<{ id: string; cycle_id: string | null; sku: string }>(
        `select o.id, o.cycle_id, v.sku from portal_subscription_one_off o
           join product_variant v on v.id = o.variant_id
          where o.subscription_id = ? order by o.created_at, o.id`,
        [id]
      )
    /** The SKUs of each renewal's order, in order. */
    const ordered = async (id: string) =>
      (
        await app.db<{ skus: string[] }>(
          `select array_agg(i.variant_sku || ' ' || x.quantity order by i.variant_sku) as skus
             from portal_subscription_cycle c
             join order_item x on x.order_id = c.order_id
             join order_line_item i on i.id = x.item_id
            where c.subscription_id = ? and c.sequence > 0
            group by c.sequence order by c.sequence`,
          [id]
        )
      ).map(({ skus }) => skus)
    const setStock = (sku: string, stocked: number) =>
      app.db(
        `update inventory_level set stocked_quantity = ?,
                raw_stocked_quantity = jsonb_build_object('value', ?::text, 'precision', 20)
          where inventory_item_id = ?`,
        [stocked, String(stocked), app.seed.variants[sku]?.inventoryItemId]
      )

    it("comes with the next order, once, at what was shown", async () => {
      const { id } = await subscribe({ provider: STRIPE_PROVIDER })
      const { next_charge: previewed } = ok(
        await anna().api.post<{ next_charge: PricedCharge }>(
          `${path(id)}/add-once/preview`,
          { ...mug(), quantity: 2 }
        )
      )
      expect(await lines(id)).toEqual([])
      // 9.41 and two mugs at 18.00, 4.90 shipping, tax included.
      expect(previewed.amount).toBe(50.31)
      expectError(
        await act(id, "add-once", { ...mug(), expected_total: 50.3 }),
        409,
        "expected_total"
      )
      const { subscription } = ok(
        await act(id, "add-once", {
          ...mug(),
          quantity: 2,
          expected_total: previewed.amount,
        })
      )
      expect(subscription).toMatchObject({
        items: [{ quantity: 1 }],
        one_off_items: [
          { title: "Stoneware mug", quantity: 2, cycle_id: null, ...mug() },
        ],
        next_charge: { amount: 50.31, is_estimate: false },
      })
      const line = subscription.one_off_items[0]?.id
      expect(await nextCharge(id)).toMatchObject({
        amount: 50.31,
        items: [
          { one_off_id: null },
          {
            one_off_id: line,
            subscription_item_id: null,
            unit_price: 18,
            quantity: 2,
          },
        ],
      })

      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      const [first] = await app.db<{ amount: string; reserved: number }>(
        `select c.amount, (select count(*)::int from reservation_item r
            join order_line_item i on i.id = r.line_item_id
            join order_item x on x.item_id = i.id where x.order_id = c.order_id) as reserved
           from portal_subscription_cycle c
          where c.subscription_id = ? and c.sequence = 1`,
        [id]
      )
      expect(first).toEqual({ amount: "50.31", reserved: 2 })
      expect(
        ok(
          await anna().api.get<{ subscription: typeof subscription }>(path(id))
        ).subscription
      ).toMatchObject({ one_off_items: [] })
      expect(await renewAt(SECOND_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await ordered(id)).toEqual([
        ["COFFEE-250 1", "MUG-SAND 2"],
        ["COFFEE-250 1"],
      ])
      expect(await timeline(id)).toContain("customer one_off_added")
    })

    it("is taken back before it is charged, by the owner and by staff", async () => {
      const { id } = await subscribe()
      const add = async (by: typeof act | typeof staff) =>
        ok(await by(id, "add-once", mug())).subscription.one_off_items.at(-1)
          ?.id ?? ""
      const mine = await add(act)
      const theirs = await add(staff)
      const other = await registerCustomer(app)
      expectError(
        await other.api.delete(`${path(id)}/add-once/${mine}`),
        404,
        "not_found"
      )
      const gone = await parallel(20, () =>
        anna().api.delete(`${path(id)}/add-once/${mine}`)
      )
      expect(statuses(gone.fulfilled)).toEqual({ 200: 1, 404: 19 })
      ok(await admin().delete(`/admin/subscriptions/${id}/add-once/${theirs}`))
      expect(await lines(id)).toEqual([])
      expect(await timeline(id)).toEqual(
        expect.arrayContaining([
          "admin one_off_added",
          "customer one_off_removed",
          "admin one_off_removed",
        ])
      )
      await renewAt(FIRST_RENEWAL)
      expect(await ordered(id)).toEqual([["COFFEE-250 1"]])
    })

    it("refuses what cannot come, and changes nothing", async () => {
      const { id } = await subscribe()
      const closed = await subscribe({
        plan: { customer_actions: { cancel: true } } as never,
      })
      expectError(
        await act(closed.id, "add-once", mug()),
        400,
        "action_not_offered"
      )
      const other = await registerCustomer(app)
      expectError(
        await other.api.post(`${path(id)}/add-once`, mug()),
        404,
        "not_found"
      )
      expectError(
        await act(id, "add-once", { variant_id: "variant_none" }),
        400,
        "variant_unavailable"
      )
      expectError(
        await act(id, "add-once", { ...mug(), quantity: 201 }),
        400,
        "insufficient_stock"
      )
      const product = app.seed.variants["TEA-BOX"]?.productId
      const tea = { variant_id: variant("TEA-BOX") }
      await app.db("update product set status = 'draft' where id = ?", [
        product,
      ])
      expectError(await act(id, "add-once", tea), 400, "variant_unavailable")
      await app.db("update product set status = 'published' where id = ?", [
        product,
      ])
      await app.db(
        "update product_sales_channel set deleted_at = now() where product_id = ?",
        [product]
      )
      expectError(await act(id, "add-once", tea), 400, "variant_unavailable")
      await app.db(
        "update product_sales_channel set deleted_at = null where product_id = ?",
        [product]
      )
      for (const status of ["claimed", "priced", "charging", "unknown"]) {
        await app.db(
          "update portal_subscription_cycle set status = ? where subscription_id = ? and sequence = 1",
          [status, id]
        )
        expectError(await act(id, "add-once", mug()), 409, "charge_in_progress")
      }
      expect(await lines(id)).toEqual([])
      expect(await timeline(id)).not.toContain("customer one_off_added")
    })

    it("takes twenty lines, however many ask at once", async () => {
      const { id } = await subscribe()
      const { amount } = (await nextCharge(id)) ?? { amount: 0 }
      const agreed = await parallel(10, () =>
        act(id, "add-once", { ...mug(), expected_total: amount + 18 })
      )
      expect(statuses(agreed.fulfilled)).toEqual({ 200: 1, 409: 9 })
      const all = await parallel(30, () => act(id, "add-once", mug()))
      expect(statuses(all.fulfilled)).toEqual({ 200: 19, 400: 11 })
      expect(await lines(id)).toHaveLength(20)
      expect(await nextCharge(id)).toMatchObject({
        amount: Number((amount + 20 * 18).toFixed(2)),
      })
    })

    it("is in one order of two where it crosses a charge", async () => {
      const { id } = await subscribe()
      await setClock(admin(), FIRST_RENEWAL)
      const [, added] = await Promise.all([
        runJob(admin(), "renew-subscriptions"),
        parallel(15, () => act(id, "add-once", mug())),
      ])
      const accepted = added.fulfilled.filter(({ status }) => status === 200)
      await renewAt(SECOND_RENEWAL)
      await renewAt(THIRD_RENEWAL)
      const mugs = (await ordered(id)).flat().filter((it) => /MUG/.test(it))
      expect(mugs).toHaveLength(accepted.length)
      expect(await attempts(id)).toBe(3)
      expect((await lines(id)).every(({ cycle_id }) => cycle_id)).toBe(true)
    })

    it("stays with the charge that has it, through declines and a crash", async () => {
      const { id, cycleId } = await subscribe({
        provider: STRIPE_PROVIDER,
        card: "pm_card_chargeCustomerFail",
      })
      const line =
        ok(await act(id, "add-once", mug())).subscription.one_off_items[0]
          ?.id ?? ""
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      expect(await lines(id)).toMatchObject([{ cycle_id: cycleId }])
      expectError(
        await anna().api.delete(`${path(id)}/add-once/${line}`),
        409,
        "payment_pending"
      )
      const [holder] = await app.db<{ external_id: string }>(
        `select h.external_id from account_holder h
           join portal_subscription s on s.account_holder_id = h.id
          where s.id = ?`,
        [id]
      )
      const card = await createStripeClient(
        app.stripe().url
      ).paymentMethods.attach("pm_card_visa", {
        customer: holder?.external_id ?? "",
      })
      await app.db(
        "update portal_subscription set payment_method_id = ? where id = ?",
        [card.id, id]
      )
      // A worker died after it had the price: another one goes on.
      await app.db(
        `update portal_subscription_cycle set status = 'priced', claimed_by = 'gone',
                claimed_until = now() - interval '1 hour' where id = ?`,
        [cycleId]
      )
      await runJob(admin(), "settle-unknown-charges")
      expect(await lines(id)).toMatchObject([{ cycle_id: cycleId }])
      expect(await renewAt("2026-03-02T12:00:00Z")).toMatchObject({
        completed: 1,
      })
      await renewAt(SECOND_RENEWAL)
      expect(await ordered(id)).toEqual([
        ["COFFEE-250 1", "MUG-SAND 1"],
        ["COFFEE-250 1"],
      ])
    })

    it("goes on to the next order where its charge is given up", async () => {
      const { id, cycleId } = await subscribe({
        provider: STRIPE_PROVIDER,
        card: "pm_card_chargeCustomerFail",
      })
      ok(await act(id, "add-once", mug()))
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      ok(await act(id, "pause"))
      await setClock(admin(), "2026-04-10T09:00:00Z")
      ok(await act(id, "resume", { charge: "next_period" }))
      expect(await lines(id)).toMatchObject([{ cycle_id: cycleId }])
      // Its payment could still be completed; after this it cannot.
      await runJob(admin(), "settle-unknown-charges")
      expect(await open(id)).toMatchObject({ status: "scheduled" })
      expect(await nextCharge(id)).toMatchObject({
        items: [{}, { one_off_id: expect.any(String) as string }],
      })
      await app.db(
        `update portal_subscription set provider_id = 'pp_system_default',
                payment_method_id = null where id = ?`,
        [id]
      )
      expect(await renewAt(THIRD_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await ordered(id)).toEqual([["COFFEE-250 1", "MUG-SAND 1"]])
      expect(await lines(id)).not.toMatchObject([{ cycle_id: cycleId }])
    })

    it("waits where it is sold out, and lets the renewal through", async () => {
      const { id } = await subscribe()
      ok(await act(id, "add-once", mug()))
      await setStock("MUG-SAND", 0)
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await lines(id)).toMatchObject([{ cycle_id: null }])
      await setStock("MUG-SAND", 5)
      expect(await renewAt(SECOND_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await ordered(id)).toEqual([
        ["COFFEE-250 1"],
        ["COFFEE-250 1", "MUG-SAND 1"],
      ])
      expect(await statusOf(id)).toMatchObject({ status: "active" })
    })
  },
})
