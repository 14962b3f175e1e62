import {
  expectError,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import type { SubscriptionActionResponse } from "../../src/types/subscription-actions-http"
import type { PricedCharge } from "../../src/types/next-charge-http"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    const { admin, anna, act, subscribe, statusOf, renewAt, timeline } =
      subscriber(app)

    /** One of hers that has ended; its plan is offered for what it delivers. */
    const ended = async (input: Parameters<typeof subscribe>[0] = {}) => {
      const made = await subscribe({ provider: STRIPE_PROVIDER, ...input })
      await admin().post(`/admin/subscription-plans/${made.planId}`, {
        targets: [{ product_id: app.seed.variants["COFFEE-250"]?.productId }],
      })
      ok(await act(made.id, "cancel", { when: "now" }))
      return made
    }
    const again = (id: string, body: Record<string, unknown> = {}) =>
      anna().api.post<SubscriptionActionResponse>(
        `/store/portal/subscriptions/${id}/resubscribe`,
        body
      )
    const preview = async (id: string) =>
      ok(
        await anna().api.post<{ next_charge: PricedCharge }>(
          `/store/portal/subscriptions/${id}/resubscribe/preview`
        )
      ).next_charge
    const children = (id: string) =>
      app.db<{ id: string; status: string }>(
        "select id, status from portal_subscription where resubscribed_from_id = ? order by created_at",
        [id]
      )
    const orders = async () => (await app.db(`select id from "order"`)).length
    const confirms = () =>
      app.stripe().requests.filter(({ path }) => path.endsWith("/confirm"))
        .length

    it("begins again as a new one, charged once, however often it is clicked", async () => {
      const { id, planId, paymentMethodId } = await ended()
      const { amount } = await preview(id)
      // 9.90 less 5 %, today's price, and 4.90 shipping.
      expect(amount).toBe(14.31)
      expect(await children(id)).toEqual([])
      expectError(
        await again(id, { expected_total: 14.3 }),
        409,
        "expected_total"
      )
      expect(await children(id)).toEqual([])
      const before = confirms()
      const all = await parallel(20, () =>
        again(id, { expected_total: amount })
      )
      expect(statuses(all.fulfilled)).toEqual({ 201: 1, 200: 19 })
      const [first] = all.fulfilled.filter(({ status }) => status === 201)
      expect(first?.data).toMatchObject({
        payment: { status: "paid" },
        subscription: {
          status: "active",
          resubscribed_from_id: id,
          origin_order_id: null,
          trial_ends_at: null,
          plan: { id: planId },
          items: [{ quantity: 1, unit_price: 9.41 }],
          payment_method: { payment_method_id: paymentMethodId },
          next_charge: { date: "2026-03-10T09:00:00.000Z" },
        },
      })
      const made = await children(id)
      expect(made).toHaveLength(1)
      const ids = all.fulfilled.map(({ data }) => data.subscription.id)
      expect(new Set(ids)).toEqual(new Set([made[0]?.id]))
      expect(confirms() - before).toBe(1)
      expect(await orders()).toBe(1)
      expect(await timeline(id)).toContain("customer resubscribed")
      expect(await statusOf(id)).toMatchObject({ status: "canceled" })
      expect(await renewAt("2026-02-28T10:00:00Z")).toMatchObject({
        claimed: 0,
      })
      expect(await renewAt("2026-03-10T09:00:00Z")).toMatchObject({
        completed: 1,
      })
    })

    it("may begin again once more after the new one has ended, too", async () => {
      const { id } = await ended({ provider: "pp_system_default" })
      const first = ok(await again(id)).subscription.id
      ok(await act(first, "cancel", { when: "now" }))
      const second = ok(await again(id)).subscription.id
      expect(second).not.toBe(first)
      expect(ok(await again(id)).subscription.id).toBe(second)
      expect((await children(id)).map(({ status }) => status)).toEqual([
        "canceled",
        "active",
      ])
    })

    it("hands the customer what the bank asks for, and dunns a refusal", async () => {
      const asked = await ended({ card: "pm_card_authenticationRequired" })
      expect(ok(await again(asked.id)).payment).toMatchObject({
        status: "action_required",
        client_secret: expect.stringMatching(/^pi_.+_secret_/) as string,
      })
      const [waiting] = await children(asked.id)
      expect(waiting).toMatchObject({ status: "past_due" })
      ok(await act(waiting?.id ?? "", "cancel", { when: "now" }))
      expect(await orders()).toBe(0)
    })

    it("refuses what cannot begin again, and makes nothing", async () => {
      const live = await subscribe()
      expectError(
        await again(live.id),
        400,
        "subscription_transition_not_allowed"
      )
      const { id, planId, paymentMethodId } = await ended()
      expectError(
        await again(id, { expected_status: "expired" }),
        409,
        "expected_status"
      )
      const other = await registerCustomer(app)
      expectError(
        await other.api.post(`/store/portal/subscriptions/${id}/resubscribe`),
        404,
        "not_found"
      )
      ok(await admin().post(`/admin/subscription-plans/${planId}/archive`))
      expectError(await again(id), 400, "plan_archived")
      ok(await admin().post(`/admin/subscription-plans/${planId}/activate`))
      await createStripeClient(app.stripe().url).paymentMethods.detach(
        paymentMethodId ?? ""
      )
      expectError(await again(id), 400, "payment_method_required")
      expect(await children(id)).toEqual([])
      expect(await orders()).toBe(0)
      ok(
        await admin().post(`/admin/subscription-plans/${planId}`, {
          targets: [],
        })
      )
    })

    it("is for staff as well", async () => {
      const { id } = await ended({ provider: "pp_system_default" })
      const { data, status } = await admin().post<SubscriptionActionResponse>(
        `/admin/subscriptions/${id}/resubscribe`
      )
      expect({ status, data }).toMatchObject({
        status: 201,
        data: {
          payment: { status: "paid" },
          subscription: { status: "active" },
        },
      })
      expect(await timeline(id)).toContain("admin resubscribed")
    })
  },
})
