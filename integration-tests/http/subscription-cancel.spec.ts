import {
  expectError,
  FIRST_RENEWAL,
  makeSubscriptions,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import type { CancellationResponse } from "../../src/types/subscription-actions-http"
import { PAID_UP, subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

portalTest({
  stripe: true,
  testSuite: (app) => {
    const { admin, anna, act, staff, subscribe, renewAt, cyclesOf, timeline } =
      subscriber(app)

    const preview = async (id: string) =>
      ok(
        await anna().api.get<CancellationResponse>(
          `/store/portal/subscriptions/${id}/cancellation`
        )
      ).cancellation
    const rowOf = async (id: string) =>
      (
        await app.db<Record<string, unknown>>(
          `select status, cancel_at_period_end, cancel_at, canceled_at, ended_at,
                  cancel_reason_code, cancel_comment, discount_cycles_left
             from portal_subscription where id = ?`,
          [id]
        )
      )[0]
    const amounts = async (id: string) =>
      (
        await app.db<{ amount: string }>(
          `select amount from portal_subscription_cycle
            where subscription_id = ? and sequence > 0 and status = 'completed'
            order by sequence`,
          [id]
        )
      ).map(({ amount }) => Number(amount))

    describe("at the end of the period", () => {
      it("says what will happen, does it, and charges no more", async () => {
        const { id } = await subscribe()
        expect(await preview(id)).toEqual({
          period_end: { ends_at: FIRST_RENEWAL, charges: [] },
          now: { ends_at: PAID_UP },
          currency_code: "eur",
          minimum_term: null,
          reasons: expect.arrayContaining([
            "too_expensive",
            "other",
          ]) as string[],
          offers: [],
        })
        const { subscription } = ok(
          await act(id, "cancel", {
            reason_code: "too_expensive",
            comment: "Zu teuer 💸",
          })
        )
        expect(subscription).toMatchObject({
          status: "active",
          cancel_at_period_end: true,
          cancel_at: FIRST_RENEWAL,
          next_charge: null,
        })
        expect(await rowOf(id)).toMatchObject({
          cancel_reason_code: "too_expensive",
          cancel_comment: "Zu teuer 💸",
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
          ended: 1,
          paid: 0,
        })
        expect(await rowOf(id)).toMatchObject({
          status: "canceled",
          ended_at: new Date(FIRST_RENEWAL),
        })
        expect(await amounts(id)).toEqual([])
      })

      it("can be undone until then", async () => {
        const { id } = await subscribe()
        ok(await act(id, "cancel"))
        expectError(
          await act(id, "cancel"),
          400,
          "subscription_transition_not_allowed"
        )
        const { subscription } = ok(await act(id, "reactivate"))
        expect(subscription).toMatchObject({
          cancel_at_period_end: false,
          cancel_at: null,
          next_charge: { date: FIRST_RENEWAL },
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
        expectError(
          await act(id, "reactivate"),
          400,
          "subscription_transition_not_allowed"
        )
      })

      it("ends with what is paid, wherever the next charge was moved to", async () => {
        const moved = await subscribe()
        ok(await act(moved.id, "reschedule", { date: "2026-03-05" }))
        const skipped = await subscribe()
        ok(await act(skipped.id, "skip", { cycles: 2 }))
        const paused = await subscribe()
        ok(await act(paused.id, "pause"))
        for (const { id } of [moved, skipped, paused]) {
          expect(ok(await act(id, "cancel")).subscription.cancel_at).toBe(
            FIRST_RENEWAL
          )
        }
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ ended: 3 })
        for (const { id } of [moved, skipped, paused]) {
          expect(await rowOf(id)).toMatchObject({ status: "canceled" })
          expect(await amounts(id)).toEqual([])
        }
      })

      it("is now where nothing is paid ahead", async () => {
        const { id, cycleId } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_authenticationRequired",
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
          action_required: 1,
        })
        ok(await act(id, "cancel"))
        expect(await rowOf(id)).toMatchObject({ status: "canceled" })
        // The link in the mail to the customer's bank leads nowhere any more.
        const [cycle] = await app.db<{
          provider_payment_id: string
          status: string
          payment_voided_at: Date | null
        }>(
          `select provider_payment_id, status, payment_voided_at
             from portal_subscription_cycle where id = ?`,
          [cycleId]
        )
        expect(cycle).toMatchObject({
          status: "canceled",
          payment_voided_at: expect.any(Date) as Date,
        })
        expect(app.stripe().requests.map(({ path }) => path)).toContain(
          `/v1/payment_intents/${cycle?.provider_payment_id}/cancel`
        )
        expect(await renewAt("2026-04-01T00:00:00Z")).toMatchObject({
          claimed: 0,
        })
      })
    })

    describe("a minimum term", () => {
      it("binds customers and not staff (B8)", async () => {
        const { id } = await subscribe({ plan: { min_cycles: 3 } })
        expect(await preview(id)).toMatchObject({
          period_end: {
            ends_at: "2026-04-30T10:00:00.000Z",
            charges: [
              { date: FIRST_RENEWAL },
              { date: "2026-03-31T10:00:00.000Z" },
            ],
          },
          now: null,
          minimum_term: { cycles: 3, paid: 1 },
        })
        expectError(
          await act(id, "cancel", { when: "now" }),
          400,
          "minimum_term_running"
        )
        ok(await act(id, "cancel"))
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
        expect(await renewAt("2026-03-31T10:00:00Z")).toMatchObject({
          completed: 1,
        })
        expect(await renewAt("2026-04-30T10:00:00Z")).toMatchObject({
          completed: 0,
          ended: 1,
        })
        expect(await amounts(id)).toHaveLength(2)

        const other = await subscribe({ plan: { min_cycles: 3 } })
        ok(await staff(other.id, "cancel", { when: "now" }))
        expect(await rowOf(other.id)).toMatchObject({ status: "canceled" })
      })
    })

    describe("at once", () => {
      it("ends it and charges no more", async () => {
        const { id } = await subscribe()
        ok(await act(id, "cancel", { when: "now" }))
        expect(await rowOf(id)).toMatchObject({
          status: "canceled",
          canceled_at: new Date(PAID_UP),
          ended_at: new Date(PAID_UP),
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
        expectError(
          await act(id, "reactivate"),
          400,
          "subscription_transition_not_allowed"
        )
      })

      it("is done once, however many ask at once", async () => {
        const { id } = await subscribe()
        const all = await parallel(20, () =>
          act(id, "cancel", { when: "now", expected_status: "active" })
        )
        expect(statuses(all.fulfilled)).toEqual({ 200: 1, 409: 19 })
      })

      it("while the job charges has one winner, and the money is right", async () => {
        const made = await makeSubscriptions(app, {
          customer: anna(),
          count: 12,
          plan: { customer_actions: ALL_ACTIONS },
        })
        await setClock(admin(), FIRST_RENEWAL)
        const [, canceled] = await Promise.all([
          runJob(admin(), "renew-subscriptions"),
          parallel(made.length, (index) =>
            act(made[index]?.id ?? "", "cancel", {
              when: "now",
              expected_status: "active",
            })
          ),
        ])
        for (const [index, { id }] of made.entries()) {
          const answer = canceled.fulfilled[index]?.status
          const row = await rowOf(id)
          // Nobody is told "canceled" and charged afterwards.
          expect([200, 409]).toContain(answer)
          expect(row?.status).toBe(answer === 200 ? "canceled" : "active")
          expect((await amounts(id)).length).toBeLessThanOrEqual(1)
        }
        await renewAt("2026-04-15T10:00:00Z")
        for (const [index, { id }] of made.entries()) {
          if (canceled.fulfilled[index]?.status === 200) {
            expect((await amounts(id)).length).toBeLessThanOrEqual(1)
          }
        }
      })

      it("is told once, also where a charge is refused after it", async () => {
        const { id, cycleId } = await subscribe()
        const toStatus = (status: string) =>
          app.db(
            `update portal_subscription_cycle
                set status = ?, next_attempt_at = ? where id = ?`,
            [status, new Date(PAID_UP), cycleId]
          )
        // Only the provider knows whether it was charged.
        await toStatus("unknown")
        ok(await act(id, "cancel", { when: "now" }))
        await toStatus("retry_scheduled")
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
          ended: 1,
          paid: 0,
        })
        expect(await timeline(id)).toEqual([
          "customer created",
          "customer canceled",
        ])
        expect((await cyclesOf(id)).at(-1)?.status).toBe("canceled")
      })

      it("is not possible where the plan leaves it to the store", async () => {
        const { id } = await subscribe({
          plan: { customer_actions: { ...ALL_ACTIONS, cancel: false } },
        })
        expectError(await act(id, "cancel"), 400, "action_not_offered")
        ok(await staff(id, "cancel"))
      })

      it("refuses a reason that there is not", async () => {
        const { id } = await subscribe()
        expectError(
          await act(id, "cancel", { reason_code: "bored" }),
          400,
          "validation_failed"
        )
        expect(await rowOf(id)).toMatchObject({ cancel_at_period_end: false })
      })
    })

    describe("an offer instead", () => {
      const retention_offers = [
        { id: "half", type: "discount" as const, percent: 50, cycles: 2 },
        { id: "break", type: "pause" as const, cycles: 2 },
      ]

      it("takes so much off so many charges, once (B8)", async () => {
        const { id } = await subscribe({
          plan: { retention_offers },
          shippingOptionId: undefined,
        })
        const before = await anna().api.get<{
          next_charge: { amount: number }
        }>(`/store/portal/subscriptions/${id}/next-charge`)
        const full = ok(before).next_charge.amount
        expect((await preview(id)).offers).toEqual(retention_offers)
        const taken = await parallel(20, () =>
          act(id, "accept-offer", { offer_id: "half" })
        )
        expect(statuses(taken.fulfilled)).toEqual({ 200: 1, 400: 19 })
        expect((await preview(id)).offers).toEqual([retention_offers[1]])
        const shown = ok(
          await anna().api.get<{ next_charge: { amount: number } }>(
            `/store/portal/subscriptions/${id}/next-charge`
          )
        ).next_charge.amount
        await renewAt(FIRST_RENEWAL)
        await renewAt("2026-03-31T10:00:00Z")
        await renewAt("2026-04-30T10:00:00Z")
        // 9.41 is half at 4.71, as the preview said; shipping is never less.
        expect(full - shown).toBeCloseTo(4.7, 2)
        expect(await amounts(id)).toEqual([shown, shown, full])
        expect(await rowOf(id)).toMatchObject({ discount_cycles_left: 0 })
        expectError(
          await act(id, "accept-offer", { offer_id: "half" }),
          400,
          "offer_unavailable"
        )
      })

      it("pauses at once, also where the plan lets nobody pause", async () => {
        const { id } = await subscribe({
          plan: {
            retention_offers,
            customer_actions: { ...ALL_ACTIONS, pause: false },
          },
        })
        const { subscription } = ok(
          await act(id, "accept-offer", { offer_id: "break" })
        )
        expect(subscription).toMatchObject({
          status: "paused",
          resumes_at: "2026-04-30T10:00:00.000Z",
        })
      })

      it("is refused where it does not exist", async () => {
        const { id } = await subscribe()
        expectError(
          await act(id, "accept-offer", { offer_id: "half" }),
          400,
          "offer_unavailable"
        )
      })
    })

    it("is nobody else's to cancel or to look at", async () => {
      const bert = await registerCustomer(app)
      const { id } = await subscribe({ customer: bert })
      for (const action of ["cancel", "reactivate"]) {
        expectError(await act(id, action), 404, "not_found")
      }
      expectError(
        await act(id, "accept-offer", { offer_id: "half" }),
        404,
        "not_found"
      )
      expectError(
        await anna().api.get(`/store/portal/subscriptions/${id}/cancellation`),
        404,
        "not_found"
      )
      expect(await rowOf(id)).toMatchObject({ status: "active" })
    })
  },
})
