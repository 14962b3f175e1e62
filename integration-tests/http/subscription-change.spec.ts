import {
  expectError,
  FIRST_RENEWAL,
  makePlan,
  ok,
  parallel,
  portalTest,
  runJob,
  setClock,
  STARTED_AT,
  statuses,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import { PAID_UP } from "./subscription-actions.support"
import { changer, shareOf } from "./subscription-change.support"

jest.setTimeout(300_000)

/** A customer's second one cannot have a card of its own here. */
const SYSTEM = { provider: SYSTEM_PROVIDER }
const REST = { from: PAID_UP, start: STARTED_AT, end: FIRST_RENEWAL }

portalTest({
  stripe: true,
  testSuite: (app) => {
    const on = changer(app)
    const { change, preview, subscribe, variant, itemOf, charges } = on

    /** A subscription of a small coffee, for which tea and big coffee are offered. */
    const coffee = async (
      input: Parameters<typeof subscribe>[0] = {},
      ...skus: string[]
    ) => {
      const made = await subscribe({ provider: STRIPE_PROVIDER, ...input })
      await on.offer(made.planId, "COFFEE-250", ...(skus.length ? skus : []))
      const item = (await itemOf(made.id)) ?? ""
      return { ...made, item }
    }
    const big = (item: string, quantity = 1) => ({
      items: [{ id: item, variant_id: variant("COFFEE-1000"), quantity }],
    })
    const confirms = () =>
      app.stripe().requests.filter(({ path }) => path.endsWith("/confirm"))
        .length

    describe("at the end of the period", () => {
      it("is shown, applied by the job once, and charged at its new price", async () => {
        const { id, item } = await coffee()
        const body = { ...big(item, 2), when: "period_end" }
        const figures = await preview(id, body)
        expect(figures).toMatchObject({
          credit: 0,
          charge: 0,
          due_now: 0,
          effective_at: FIRST_RENEWAL,
          next_date: FIRST_RENEWAL,
          lines: [],
        })
        expect((await on.read(id)).pending_change).toBeNull()
        const {
          subscription,
          change: done,
          payment,
        } = ok(await change(id, { ...body, at: figures.at, expected_total: 0 }))
        expect(done).toEqual(figures)
        expect(payment).toBeNull()
        expect(subscription.pending_change).toMatchObject({
          when: "period_end",
          effective_at: FIRST_RENEWAL,
          items: [{ variant_id: variant("COFFEE-1000"), quantity: 2 }],
        })
        expect(subscription.items[0]?.quantity).toBe(1)
        expect(await on.nextCharge(id)).toMatchObject({
          amount: figures.next_amount,
          items: [{ variant_id: variant("COFFEE-1000"), unit_price: 30.4 }],
        })

        expect(await on.renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
        expect(await on.renewAt("2026-03-31T10:00:00Z")).toMatchObject({
          completed: 1,
        })
        const paid = await app.db<{ amount: string; variant_id: string }>(
          `select c.amount, c.quote->'items'->0->>'variant_id' as variant_id
             from portal_subscription_cycle c
            where c.subscription_id = ? and c.sequence > 0 and c.status = 'completed'
            order by c.sequence`,
          [id]
        )
        expect(paid.map(({ amount }) => Number(amount))).toEqual([
          figures.next_amount,
          figures.next_amount,
        ])
        const after = await on.read(id)
        expect(after).toMatchObject({
          pending_change: null,
          items: [{ id: item, quantity: 2, unit_price: 30.4 }],
        })
        const entries = await on.timeline(id)
        expect(entries.filter((one) => one.endsWith("changed"))).toEqual([
          "system changed",
        ])
        expect(entries).toContain("customer change_scheduled")
      })

      it("can be dropped until then", async () => {
        const { id, item } = await coffee()
        ok(await change(id, { ...big(item), when: "period_end" }))
        const before = await on.nextCharge(id)
        expect(ok(await on.drop(id)).subscription.pending_change).toBeNull()
        expect(await on.nextCharge(id)).not.toEqual(before)
        expectError(
          await on.drop(id),
          400,
          "subscription_transition_not_allowed"
        )
        await on.renewAt(FIRST_RENEWAL)
        expect(await on.itemsOf(id)).toEqual([
          { variant_id: variant("COFFEE-250"), quantity: 1 },
        ])
        expect(await on.timeline(id)).toContain("customer change_dropped")
      })

      it("begins a new rhythm with the next period, and keeps the day", async () => {
        const { id } = await coffee()
        const yearly = await makePlan(app, {
          interval: "year",
          customer_actions: ALL_ACTIONS,
        })
        await on.offer(yearly.id, "COFFEE-250")
        const { subscription } = ok(
          await change(id, { plan_id: yearly.id, when: "period_end" })
        )
        expect(subscription.pending_change).toMatchObject({
          plan: { id: yearly.id },
        })
        const { schedule } = ok(
          await on
            .anna()
            .api.get<{ schedule: { date: string; period_end: string }[] }>(
              `/store/portal/subscriptions/${id}/schedule?count=2`
            )
        )
        expect(schedule.map(({ date }) => date)).toEqual([
          FIRST_RENEWAL,
          "2027-02-28T10:00:00.000Z",
        ])
        expect(await on.renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
        expect(await on.openPeriod(id)).toMatchObject({
          period_index: 2,
          period_start: new Date("2027-02-28T10:00:00Z"),
          period_end: new Date("2028-02-29T10:00:00Z"),
        })
      })

      it("goes with a cancellation", async () => {
        const { id, item } = await coffee()
        ok(await change(id, { ...big(item), when: "period_end" }))
        const { subscription } = ok(await on.act(id, "cancel"))
        expect(subscription.pending_change).toBeNull()
      })
    })

    describe("now", () => {
      it("charges the difference as the preview says it, to the cent", async () => {
        const { id, item } = await coffee()
        const body = { ...big(item), when: "now" }
        const figures = await preview(id, body)
        const credit = shareOf(9.41, REST)
        const charge = shareOf(30.4, REST)
        const due = Math.round((charge - credit) * 100) / 100
        expect(figures).toMatchObject({
          credit,
          charge,
          due_now: due,
          tax: expect.closeTo(due - due / 1.19, 2) as number,
          shipping: 0,
          next_date: FIRST_RENEWAL,
          lines: [
            { type: "credit", amount: credit },
            { type: "charge", amount: charge },
          ],
        })
        expectError(
          await change(id, { ...body, expected_total: due + 0.01 }),
          409,
          "expected_total"
        )
        expect(await charges(id)).toEqual([])

        const {
          payment,
          change: done,
          subscription,
        } = ok(
          await change(id, { ...body, at: figures.at, expected_total: due })
        )
        expect(done).toEqual(figures)
        expect(payment).toMatchObject({ status: "paid" })
        expect(subscription).toMatchObject({
          pending_change: null,
          credit_balance: 0,
          items: [{ id: item, variant_id: variant("COFFEE-1000") }],
          next_charge: { date: FIRST_RENEWAL, amount: figures.next_amount },
        })
        const [row] = await charges(id)
        expect(row).toMatchObject({
          status: "completed",
          amount: due,
          order_total: due,
          paid_total: due,
          tax_lines: 1,
        })
        const intent = await createStripeClient(
          app.stripe().url
        ).paymentIntents.retrieve(row?.provider_payment_id ?? "")
        expect(intent).toMatchObject({
          status: "succeeded",
          amount_received: Math.round(due * 100),
        })
        expect(await on.openPeriod(id)).toMatchObject({
          status: "scheduled",
          held_by: null,
          period_start: new Date(FIRST_RENEWAL),
        })
        const entries = await on.timeline(id)
        expect(entries).toContain("customer changed")
        expect(entries).not.toContain("system renewed")
        // A change is no charge of a period: the next one comes on its day.
        expect(await on.renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      })

      it("keeps what is left over as credit, for the next charge", async () => {
        const { id, item } = await coffee({ unitPrice: 30.4 })
        const body = {
          items: [{ id: item, variant_id: variant("COFFEE-250"), quantity: 2 }],
          when: "now",
        }
        // The same variant in the same period at the price that was paid for it.
        expect((await preview(id, body)).charge).toBe(shareOf(60.8, REST))
        const other = await coffee({
          ...SYSTEM,
          sku: "COFFEE-1000",
          unitPrice: 30.4,
        })
        const figures = await preview(other.id, {
          items: [
            { id: other.item, variant_id: variant("COFFEE-250"), quantity: 1 },
          ],
          when: "now",
        })
        const credit =
          Math.round((shareOf(30.4, REST) - shareOf(9.41, REST)) * 100) / 100
        expect(figures).toMatchObject({ due_now: 0, credit_balance: credit })
        const { subscription, payment } = ok(
          await change(other.id, {
            items: [
              {
                id: other.item,
                variant_id: variant("COFFEE-250"),
                quantity: 1,
              },
            ],
            when: "now",
          })
        )
        expect(payment).toBeNull()
        expect(subscription).toMatchObject({ credit_balance: credit })
        expect(await charges(other.id)).toEqual([])
        const next = await on.nextCharge(other.id)
        expect(next).toMatchObject({
          amount: figures.next_amount,
          items: [{ discounts: [{ code: "credit-balance", amount: 9.41 }] }],
        })
        await on.renewAt(FIRST_RENEWAL)
        expect(await on.balanceOf(other.id)).toBe(
          Math.round((credit - 9.41) * 100) / 100
        )
      })

      it("costs nothing there and back in the same second", async () => {
        const { id, item } = await coffee({ unitPrice: 7.77 })
        const there = ok(await change(id, { ...big(item, 3), when: "now" }))
        const back = ok(
          await change(id, {
            items: [
              { id: item, variant_id: variant("COFFEE-250"), quantity: 1 },
            ],
            when: "now",
          })
        )
        expect(back.change.credit).toBe(there.change.charge)
        expect(back.change.charge).toBe(there.change.credit)
        expect(await on.balanceOf(id)).toBe(there.change.due_now)
        // And what was credited pays for it again.
        const again = await preview(id, { ...big(item, 3), when: "now" })
        expect(again).toMatchObject({
          due_now: 0,
          credit_used: there.change.due_now,
          credit_balance: 0,
        })
      })

      it("counts in yen, too", async () => {
        const { id, item } = await coffee({ currency: "jpy", unitPrice: 1520 })
        const figures = await preview(id, { ...big(item), when: "now" })
        const due = shareOf(4940, REST, 0) - shareOf(1520, REST, 0)
        expect(figures).toMatchObject({ due_now: due })
        ok(await change(id, { ...big(item), when: "now", expected_total: due }))
        expect(await charges(id)).toMatchObject([
          { status: "completed", amount: due, order_total: due },
        ])
      })

      it("begins a new period with a new rhythm", async () => {
        const { id } = await coffee()
        const yearly = await makePlan(app, {
          interval: "year",
          recurring_discount: { type: "fixed_price", prices: { eur: 100 } },
          customer_actions: ALL_ACTIONS,
        })
        await on.offer(yearly.id, "COFFEE-250")
        const body = { plan_id: yearly.id, when: "now" }
        const figures = await preview(id, body)
        const credit = shareOf(9.41, REST)
        const due = Math.round((100 - credit + 4.9) * 100) / 100
        expect(figures).toMatchObject({
          credit,
          charge: 100,
          due_now: due,
          next_date: "2027-02-10T09:00:00.000Z",
          next_amount: 104.9,
        })
        ok(await change(id, { ...body, expected_total: due }))
        expect(await charges(id)).toMatchObject([
          { status: "completed", amount: due, order_total: due },
        ])
        expect(await on.openPeriod(id)).toMatchObject({
          period_index: 1,
          period_start: new Date("2027-02-10T09:00:00Z"),
          period_end: new Date("2028-02-10T09:00:00Z"),
        })
        const [reserved] = await app.db<{ n: number }>(
          `select count(*)::int as n from reservation_item r
             join order_item i on i.item_id = r.line_item_id
             join portal_subscription_cycle c on c.order_id = i.order_id
            where c.subscription_id = ?`,
          [id]
        )
        expect(reserved?.n).toBe(1)
        expect(await on.renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
        // And back: what is left of the year goes on the balance.
        const back = await preview(id, {
          plan_id: (await makePlanBack()).id,
          when: "now",
        })
        expect(back.credit).toBeGreaterThan(90)
        expect(back.credit_balance).toBeGreaterThan(80)

        async function makePlanBack() {
          const plan = await makePlan(app, { customer_actions: ALL_ACTIONS })
          await on.offer(plan.id, "COFFEE-250")
          return plan
        }
      })

      it("has one winner of twenty, and one charge", async () => {
        const { id, item } = await coffee()
        const before = confirms()
        const all = await parallel(20, () =>
          change(id, { ...big(item), when: "now" })
        )
        const got = statuses(all.fulfilled)
        expect(got[200]).toBe(1)
        expect(
          Object.keys(got).every((code) => ["200", "400", "409"].includes(code))
        ).toBe(true)
        expect(confirms()).toBe(before + 1)
        expect(await charges(id)).toHaveLength(1)
        expect(await on.itemsOf(id)).toEqual([
          { variant_id: variant("COFFEE-1000"), quantity: 1 },
        ])
      })

      it("and a renewal at once make one order each", async () => {
        const { id, item } = await coffee()
        await setClock(on.admin(), "2026-02-28T10:00:00.000Z")
        const [, changed] = await Promise.all([
          runJob(on.admin(), "renew-subscriptions"),
          parallel(10, () => change(id, { ...big(item), when: "now" })),
        ])
        expect(
          changed.fulfilled.filter(
            ({ status }) => ![200, 400, 409].includes(status)
          )
        ).toEqual([])
        await runJob(on.admin(), "renew-subscriptions")
        const renewals = await app.db<{ n: number }>(
          `select count(*)::int as n from portal_subscription_cycle
            where subscription_id = ? and kind = 'renewal' and sequence > 0
              and status = 'completed'`,
          [id]
        )
        expect(renewals[0]?.n).toBe(1)
        expect((await charges(id)).length).toBeLessThanOrEqual(1)
      })
    })
  },
})
