import {
  expectError,
  FIRST_RENEWAL,
  ok,
  parallel,
  portalTest,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

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

    describe("order now", () => {
      it("charges the next period early, once", async () => {
        const { id } = await subscribe({ provider: STRIPE_PROVIDER })
        const { next_charge } = ok(
          await anna().api.get<{ next_charge: { amount: number } }>(
            `/store/portal/subscriptions/${id}/next-charge`
          )
        )
        const results = await parallel(20, () =>
          act(id, "order-now", { expected_total: next_charge.amount })
        )
        const paid = results.fulfilled.filter(({ status }) => status === 200)
        expect(paid).toHaveLength(1)
        expect(paid[0]?.data).toMatchObject({
          payment: { status: "paid", client_secret: null },
          subscription: { next_charge: { date: "2026-03-31T10:00:00.000Z" } },
        })
        expect(await attempts(id)).toBe(1)
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
        // A second one within the safety bound would stop all charges.
        await setClock(admin(), "2026-02-10T12:00:00Z")
        expectError(await act(id, "order-now"), 400, "cycle_not_due")
      })

      it("leaves out for good what was skipped before it", async () => {
        const { id } = await subscribe()
        ok(await act(id, "skip", { cycles: 2 }))
        const after = { next_charge: { date: "2026-05-31T10:00:00.000Z" } }
        expect(ok(await act(id, "order-now")).subscription).toMatchObject(after)

        // The period that was paid is later than those: to take them back would
        // charge them beside it.
        expect(await act(id, "unskip")).toMatchObject({
          status: 400,
          data: { details: { reason: "nothing_skipped" } },
        })
        expect(
          ok(await act(id, "skip", { cycles: 3 })).subscription.next_charge
        ).toMatchObject({ date: "2026-08-31T10:00:00.000Z" })
        expect(await renewAt("2026-07-31T10:00:00.000Z")).toMatchObject({
          claimed: 0,
        })
      })

      it("charges nothing where the total is another", async () => {
        const { id } = await subscribe()
        expectError(
          await act(id, "order-now", { expected_total: 1 }),
          409,
          "expected_total"
        )
        expect(await open(id)).toMatchObject({ status: "scheduled" })
        expect(await attempts(id)).toBe(0)
      })

      it("owes nothing where the card says no before the date", async () => {
        const { id } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_chargeCustomerFail",
        })
        expect(ok(await act(id, "order-now"))).toMatchObject({
          payment: { status: "declined", decline_code: "generic_decline" },
          subscription: {
            status: "active",
            next_charge: { date: FIRST_RENEWAL },
          },
        })
      })

      it("hands the customer what the bank asks for", async () => {
        const { id } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_authenticationRequired",
        })
        const { payment } = ok(await act(id, "order-now"))
        expect(payment).toMatchObject({
          status: "action_required",
          client_secret: expect.stringMatching(/^pi_.+_secret_/) as string,
          return_url: expect.stringContaining(`/subscriptions/${id}`) as string,
        })
      })
    })

    describe("retry payment", () => {
      it("tries a failed charge again, and never a settled one", async () => {
        const { id } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_chargeCustomerFail",
        })
        expectError(
          await act(id, "retry-payment"),
          400,
          "subscription_transition_not_allowed"
        )
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
        expect(ok(await act(id, "retry-payment")).payment).toMatchObject({
          status: "declined",
        })
        expect(await statusOf(id)).toMatchObject({ status: "past_due" })
      })

      it("charges once while the job tries as well", async () => {
        const { id, cycleId } = await subscribe({ provider: STRIPE_PROVIDER })
        await app.db(
          `update portal_subscription set status = 'past_due' where id = ?`,
          [id]
        )
        await app.db(
          `update portal_subscription_cycle set status = 'retry_scheduled' where id = ?`,
          [cycleId]
        )
        await setClock(admin(), FIRST_RENEWAL)
        const [, tries] = await Promise.all([
          runJob(admin(), "renew-subscriptions"),
          parallel(20, () => act(id, "retry-payment")),
        ])
        expect(await attempts(id)).toBe(1)
        expect(
          tries.fulfilled.filter(
            ({ status }) => ![200, 400, 409].includes(status)
          )
        ).toEqual([])
        expect(await statusOf(id)).toMatchObject({ status: "active" })
      })
    })

    describe("a period that was paid elsewhere", () => {
      const intentOf = async (cycleId: string) =>
        (
          await app.db<{ provider_payment_id: string | null }>(
            "select provider_payment_id from portal_subscription_cycle where id = ?",
            [cycleId]
          )
        )[0]?.provider_payment_id

      it("has its order, and no card is ever charged for it (B4)", async () => {
        const { id, cycleId } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_chargeCustomerFail",
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
        const intent = await intentOf(cycleId)
        const confirms = () =>
          app.stripe().requests.filter(({ path }) => path.endsWith("/confirm"))
            .length
        const before = confirms()
        const all = await parallel(20, () =>
          staff(id, "mark-paid", { cycle_id: cycleId, note: "transfer 4711" })
        )
        expect(statuses(all.fulfilled)).toEqual({ 200: 1, 409: 19 })
        expect(await statusOf(id)).toMatchObject({ status: "active" })
        for (const day of ["01", "02", "04", "08"]) {
          await renewAt(`2026-03-${day}T12:00:00Z`)
        }
        expect(confirms()).toBe(before)
        expect(app.stripe().requests.map(({ path }) => path)).toContain(
          `/v1/payment_intents/${intent}/cancel`
        )
        const [order] = await app.db<{ paid: string; orders: number }>(
          `select s.totals->>'paid_total' as paid,
                  (select count(*)::int from "order") as orders
             from portal_subscription_cycle c
             join order_summary s on s.order_id = c.order_id
            where c.id = ?`,
          [cycleId]
        )
        expect(Number(order?.paid)).toBeGreaterThan(9)
        expect(order?.orders).toBe(1)
        expect(await timeline(id)).toContain("admin paid_elsewhere")
      })

      it("is the customer's payment where that one was faster", async () => {
        const { id, cycleId } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_authenticationRequired",
        })
        await renewAt(FIRST_RENEWAL)
        await createStripeClient(app.stripe().url).paymentIntents.confirm(
          (await intentOf(cycleId)) ?? "",
          { payment_method: "pm_card_visa" }
        )
        expectError(await staff(id, "mark-paid"), 409, "expected_status")
        await runJob(admin(), "settle-unknown-charges")
        expect(await statusOf(id)).toMatchObject({ status: "active" })
        expect(await attempts(id)).toBe(1)
      })
    })
  },
})
