import {
  completeCart,
  confirmSession,
  createPlan,
  createSubscriptionCart,
  eventuallySubscriptions,
  expectError,
  ok,
  openPayment,
  portalTest,
  runJob,
  setClock,
  STRIPE_PROVIDER,
} from "../helpers"
import type {
  NextChargeResponse,
  ScheduleResponse,
  SubscriptionResponse,
} from "../../src/types/subscription-http"
import { subscriber, type Counts } from "./subscription-actions.support"

jest.setTimeout(300_000)

type Cart = {
  cart: {
    total: number
    items: {
      unit_price: number
      compare_at_unit_price: number | null
      quantity: number
      metadata: Record<string, unknown>
    }[]
  }
}
type Cycle = { sequence: number; status: string; amount: string | null }

/** Periods that are charged at once and delivered one by one. */
portalTest({
  stripe: true,
  testSuite: (app) => {
    const { admin, anna, act, staff, statusOf } = subscriber(app)

    /** Buys two bags of coffee a month, three months at once, on 31 January. */
    const buy = async (
      plan: Record<string, unknown> = {}
    ): Promise<{ id: string; paid: number }> => {
      await setClock(admin(), "2026-01-31T10:00:00.000Z")
      const made = await createPlan(app, ["COFFEE-250"], {
        recurring_discount: { type: "percent", value: 5 },
        first_discount: { type: "percent", value: 10 },
        prepaid_cycles: 3,
        ...plan,
      })
      const cart = await createSubscriptionCart(app, anna().api, {
        lines: [{ sku: "COFFEE-250", plan: made, quantity: 2 }],
        shipping: true,
      })
      const { session } = await openPayment(anna().api, cart, STRIPE_PROVIDER)
      await confirmSession(app, session)
      const completion = await completeCart(anna().api, cart)
      if (completion.type !== "order") {
        throw new Error(completion.error.message)
      }
      const [subscription] = await eventuallySubscriptions(app)
      return { id: String(subscription?.id), paid: completion.order.total }
    }
    const renew = async (now: string) => {
      await setClock(admin(), now)
      return (await runJob<Counts>(admin(), "renew-subscriptions")).counts
    }
    const cycles = (id: string) =>
      app.db<Cycle>(
        `select sequence, status, amount::text from portal_subscription_cycle
          where subscription_id = ? order by sequence`,
        [id]
      )
    const charges = () =>
      app
        .stripe()
        .requests.filter(
          ({ method, path }) =>
            method === "POST" && /^\/v1\/payment_intents$/.test(path)
        ).length
    const detail = async (id: string) =>
      ok(
        await anna().api.get<SubscriptionResponse>(
          `/store/portal/subscriptions/${id}`
        )
      ).subscription
    const next = async (id: string) =>
      ok(
        await anna().api.get<NextChargeResponse>(
          `/store/portal/subscriptions/${id}/next-charge`
        )
      ).next_charge
    const schedule = async (id: string, count: number) =>
      ok(
        await anna().api.get<ScheduleResponse>(
          `/store/portal/subscriptions/${id}/schedule?count=${count}`
        )
      ).schedule

    it("shows in the cart what is paid at once", async () => {
      const plan = await createPlan(app, ["COFFEE-250"], {
        first_discount: { type: "percent", value: 10 },
        prepaid_cycles: 3,
      })
      const id = await createSubscriptionCart(app, anna().api, {
        lines: [{ sku: "COFFEE-250", plan, quantity: 2 }],
      })
      const { cart } = ok(await anna().api.get<Cart>(`/store/carts/${id}`))
      // 9.90 less ten percent is 8.91, three times.
      expect(cart.items).toMatchObject([
        {
          unit_price: 26.73,
          compare_at_unit_price: 29.7,
          quantity: 2,
          metadata: { prepaid_cycles: 3 },
        },
      ])
      expect(cart.total).toBe(53.46)
    })

    it("delivers what is paid and then charges as much again", async () => {
      const { id, paid } = await buy()
      expect(await detail(id)).toMatchObject({
        prepaid_cycles: 3,
        prepaid_left: 2,
        max_cycles: null,
        next_charge: { amount: 0 },
        items: [{ unit_price: 9.41, quantity: 2 }],
      })
      expect(paid).toBeGreaterThan(53.46)
      expect(await next(id)).toMatchObject({
        amount: 0,
        items: [{ unit_price: 0, quantity: 2 }],
        shipping_methods: [{ amount: 0 }],
      })
      // 9.41 three times, twice, and the shipping of one order.
      const [first, second, third, fourth, , , seventh] = await schedule(id, 7)
      expect([first?.amount, second?.amount, fourth?.amount]).toEqual([0, 0, 0])
      const charged = third?.amount ?? 0
      expect(charged).toBeGreaterThanOrEqual(56.46)
      expect(seventh?.amount).toBe(0)

      const before = charges()
      expect(await renew("2026-02-28T10:00:00Z")).toMatchObject({
        completed: 1,
      })
      expect(await renew("2026-03-31T10:00:00Z")).toMatchObject({
        completed: 1,
      })
      expect(charges()).toBe(before)
      expect(await detail(id)).toMatchObject({
        prepaid_left: 0,
        paid_cycles: 3,
        next_charge: { amount: charged },
      })
      expect(await renew("2026-04-30T10:00:00Z")).toMatchObject({
        completed: 1,
      })
      expect(charges()).toBe(before + 1)
      expect(await detail(id)).toMatchObject({
        prepaid_left: 2,
        paid_cycles: 4,
        next_charge: { amount: 0 },
      })
      expect(
        (await cycles(id)).map(({ amount }) => amount && Number(amount))
      ).toEqual([53.46, 0, 0, charged, null])
      // Each delivery is an order of its own, with all that is delivered.
      const orders = await app.db<{ n: number }>(
        `select count(*)::int as n from portal_subscription_cycle
          where subscription_id = ? and order_id is not null`,
        [id]
      )
      expect(orders).toEqual([{ n: 4 }])
    })

    it("ends with what is paid where the plan does not renew it", async () => {
      const { id } = await buy({ prepaid_renews: false })
      expect(await detail(id)).toMatchObject({ max_cycles: 3 })
      const before = charges()
      await renew("2026-02-28T10:00:00Z")
      await renew("2026-03-31T10:00:00Z")
      expect(await detail(id)).toMatchObject({ next_charge: null })
      await renew("2026-04-30T10:00:00Z")
      expect(await statusOf(id)).toMatchObject({ status: "expired" })
      expect(charges()).toBe(before)
    })

    it("delivers what is paid after a cancellation too", async () => {
      const { id } = await buy()
      const { subscription } = ok(await act(id, "cancel"))
      expect(subscription).toMatchObject({
        cancel_at: "2026-04-30T10:00:00.000Z",
      })
      const before = charges()
      expect(await renew("2026-02-28T10:00:00Z")).toMatchObject({
        completed: 1,
      })
      expect(await renew("2026-03-31T10:00:00Z")).toMatchObject({
        completed: 1,
      })
      await renew("2026-04-30T10:00:00Z")
      expect(await statusOf(id)).toMatchObject({ status: "canceled" })
      expect(charges()).toBe(before)
      expect(await cycles(id)).toMatchObject([
        { status: "completed" },
        { status: "completed" },
        { status: "completed" },
        { status: "canceled" },
      ])
    })

    it("keeps what is paid where a delivery is skipped, paused or brought on", async () => {
      const { id } = await buy()
      ok(await act(id, "skip"))
      expect(await detail(id)).toMatchObject({ prepaid_left: 2 })
      ok(await act(id, "order-now", { expected_total: 0 }))
      expect(await detail(id)).toMatchObject({
        prepaid_left: 1,
        next_charge: { amount: 0 },
      })
      ok(await act(id, "pause"))
      ok(await staff(id, "resume", { charge: "next_period" }))
      expect(await detail(id)).toMatchObject({ prepaid_left: 1 })
      const changes = (await detail(id)).available_actions.filter(
        ({ action }) => action === "change_items" || action === "change_plan"
      )
      expect(changes).toMatchObject([
        { allowed: false, reason: "prepaid" },
        { allowed: false, reason: "prepaid" },
      ])
    })

    it("refuses plans that do not add up", async () => {
      const body = {
        handle: "prepaid",
        name: "Prepaid",
        interval: "month",
      }
      for (const wrong of [
        { prepaid_cycles: 1 },
        { prepaid_cycles: 53 },
        { prepaid_cycles: 3, max_cycles: 4 },
        { prepaid_cycles: 3, prepaid_renews: false, min_cycles: 4 },
      ]) {
        expectError(
          await admin().post("/admin/subscription-plans", {
            ...body,
            ...wrong,
          }),
          400,
          "validation_failed"
        )
      }
      ok(
        await admin().post("/admin/subscription-plans", {
          ...body,
          prepaid_cycles: 3,
          max_cycles: 6,
        })
      )
    })
  },
})
