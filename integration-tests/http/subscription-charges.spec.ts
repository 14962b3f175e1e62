import {
  adminClient,
  countSql,
  expectError,
  FIRST_RENEWAL,
  makeSubscriptions,
  ok,
  portalTest,
  setClock,
  STRIPE_PROVIDER,
  type HttpClient,
  type SubscriptionFixture,
} from "../helpers"
import type {
  AdminCycleListResponse,
  AdminSubscriptionResponse,
  NextChargeResponse,
  ScheduleResponse,
} from "../../src/types/subscription-http"
import type { RenewResponse } from "../../src/types/subscription-staff-http"

jest.setTimeout(240_000)

const ADMIN = "/admin/subscriptions"

portalTest({
  stripe: true,
  testSuite: (app) => {
    let admin: HttpClient
    let fixture: SubscriptionFixture

    const get = async <T>(suffix = "") =>
      ok(await admin.get<T>(`${ADMIN}/${fixture.id}${suffix}`))

    beforeEach(async () => {
      admin = await adminClient(app)
      const [made] = await makeSubscriptions(app, { provider: STRIPE_PROVIDER })
      if (!made) {
        throw new Error("No subscription was made")
      }
      fixture = made
      await setClock(admin, FIRST_RENEWAL)
    })

    it("shows the same next charge everywhere, and charges it", async () => {
      const { next_charge } = await get<NextChargeResponse>("/next-charge")
      if (!next_charge || next_charge.problem !== null) {
        throw new Error(`No next charge: ${JSON.stringify(next_charge)}`)
      }
      expect(next_charge).toMatchObject({
        cycle_id: fixture.cycleId,
        sequence: 1,
        date: FIRST_RENEWAL,
        currency_code: "eur",
        payment_method: {
          provider_id: STRIPE_PROVIDER,
          card: { brand: "visa", last4: "4242" },
        },
      })
      expect(next_charge.items).toHaveLength(1)
      expect(next_charge.amount).toBeGreaterThan(0)
      expect(JSON.stringify(next_charge)).not.toMatch(/reservation|location/)

      const { subscription } = await get<AdminSubscriptionResponse>()
      expect(subscription.next_charge).toMatchObject({
        amount: next_charge.amount,
        is_estimate: false,
      })
      expect(subscription.payment_method).toEqual(next_charge.payment_method)
      const { schedule } = await get<ScheduleResponse>("/schedule?count=2")
      expect(schedule).toMatchObject([
        { amount: next_charge.amount, is_estimate: false },
        { amount: next_charge.amount, is_estimate: true },
      ])

      const renewed = ok(
        await admin.post<RenewResponse>(`${ADMIN}/${fixture.id}/renew`, {
          expected_status: "active",
        })
      )
      expect(renewed).toEqual({
        outcome: "paid",
        cycle: { id: fixture.cycleId, status: "completed" },
      })
      const { cycles } = await get<AdminCycleListResponse>("/cycles")
      expect(cycles.find(({ id }) => id === fixture.cycleId)).toMatchObject({
        status: "completed",
        amount: next_charge.amount,
        attempts: [{ status: "succeeded", amount: next_charge.amount }],
      })
    })

    it("does not charge twice by a second click", async () => {
      const click = () => admin.post(`${ADMIN}/${fixture.id}/renew`)
      const answers = await Promise.all([click(), click(), click()])
      expect(answers.every(({ status }) => status < 500)).toBe(true)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expectError(await click(), 400, "cycle_not_due")
      const paid = await app.db(
        "select id from portal_subscription_cycle where sequence > 0 and paid_at is not null"
      )
      expect(paid).toHaveLength(1)
    })

    it("refuses to renew what the caller did not see", async () => {
      const answer = await admin.post(`${ADMIN}/${fixture.id}/renew`, {
        expected_status: "past_due",
      })
      expectError(answer, 409, "expected_status")
    })

    it("costs one subscription the same after a year as on the first day", async () => {
      await get()
      const first = await countSql(() => get())
      await app.db(
        `insert into portal_subscription_cycle
           (id, subscription_id, sequence, period_index, status, period_start,
            period_end, due_at, currency_code)
         select 'scyc_old_' || n, subscription_id, 100 + n, 100 + n, 'completed',
                period_start, period_end, due_at, 'eur'
           from portal_subscription_cycle, generate_series(1, 200) n
          where id = ?`,
        [fixture.cycleId]
      )
      const later = await countSql(() => get())
      // A verdict about the login is read anew each five seconds.
      expect(Math.abs(later.count - first.count)).toBeLessThanOrEqual(1)
    })
  },
})
