import {
  adminClient,
  ok,
  portalTest,
  registerCustomer,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import {
  insert,
  insertEventRows,
  insertSubscriptionRow,
} from "../helpers/subscription-rows"
import type {
  AdminCycleListResponse,
  AdminTimelineResponse,
  CycleListResponse,
  NextChargeResponse,
  ScheduleResponse,
  TimelineResponse,
} from "../../src/types/subscription-http"

jest.setTimeout(240_000)

const STORE = "/store/portal/subscriptions"
const ADMIN = "/admin/subscriptions"

portalTest({
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      admin = await adminClient(app)
    })

    describe("…/:id/schedule", () => {
      it("counts the dates from the anchor", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
        })
        const { schedule } = ok(
          await anna.api.get<ScheduleResponse>(
            `${STORE}/${id}/schedule?count=3`
          )
        )
        expect(schedule.map(({ date }) => date)).toEqual([
          "2030-02-28T10:00:00.000Z",
          "2030-03-31T10:00:00.000Z",
          "2030-04-30T10:00:00.000Z",
        ])
        expect(schedule[2]).toMatchObject({
          sequence: 3,
          amount: 10,
          currency_code: "eur",
          is_estimate: true,
        })
        const usual = await anna.api.get<ScheduleResponse>(
          `${STORE}/${id}/schedule`
        )
        expect(ok(usual).schedule).toHaveLength(12)
      })

      it("starts with the next try, and ends with the agreement", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          status: "past_due",
          finished: 2,
          subscription: { max_cycles: 4 },
          open_cycle: {
            status: "retry_scheduled",
            next_attempt_at: new Date("2030-04-03T10:00:00Z"),
            amount: 11.5,
          },
        })
        const { schedule } = ok(
          await anna.api.get<ScheduleResponse>(`${STORE}/${id}/schedule`)
        )
        expect(schedule).toEqual([
          {
            sequence: 2,
            date: "2030-04-03T10:00:00.000Z",
            period_start: "2030-03-31T10:00:00.000Z",
            period_end: "2030-04-30T10:00:00.000Z",
            amount: 11.5,
            currency_code: "eur",
            is_estimate: false,
          },
          expect.objectContaining({ sequence: 3, is_estimate: true }),
        ])
      })

      it("is empty where nothing is charged by itself", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          status: "paused",
        })
        const answer = await anna.api.get(`${STORE}/${id}/schedule`)
        expect(ok(answer)).toEqual({ schedule: [] })
        const next = await anna.api.get(`${STORE}/${id}/next-charge`)
        expect(ok(next)).toEqual({ next_charge: null })
      })
    })

    describe("…/:id/cycles and …/:id/timeline", () => {
      it("page through the periods, newest first", async () => {
        const { id, cycle_ids } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          finished: 5,
        })
        const page = ok(
          await anna.api.get<CycleListResponse>(
            `${STORE}/${id}/cycles?limit=2&offset=1`
          )
        )
        expect(page).toMatchObject({ count: 6, limit: 2, offset: 1 })
        expect(page.cycles.map((cycle) => cycle.id)).toEqual([
          cycle_ids[4],
          cycle_ids[3],
        ])
        expect(page.cycles[0]).toMatchObject({
          amount: 10,
          status: "completed",
        })
        expect(page.cycles[0]).not.toHaveProperty("provider_payment_id")
        expect(page.cycles[0]).not.toHaveProperty("attempts")
      })

      it("show the admin each attempt", async () => {
        const { id, cycle_ids } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
        })
        for (const attempt of [1, 2]) {
          await insert(app.db, "portal_charge_attempt", {
            id: `satt_${attempt}`,
            cycle_id: cycle_ids[1],
            attempt,
            status: attempt === 1 ? "declined" : "unknown",
            idempotency_key: `key_${attempt}`,
            provider_id: "pp_stripe_stripe",
            amount: 10.5,
            raw_amount: JSON.stringify({ value: "10.5" }),
            currency_code: "eur",
            started_at: new Date("2030-02-28T10:00:00Z"),
          })
        }
        const { cycles } = ok(
          await admin.get<AdminCycleListResponse>(`${ADMIN}/${id}/cycles`)
        )
        expect(cycles[0]?.attempts).toMatchObject([
          { id: "satt_1", attempt: 1, status: "declined", amount: 10.5 },
          { id: "satt_2", attempt: 2, status: "unknown" },
        ])
        expect(JSON.stringify(cycles)).not.toContain("key_1")
      })

      it("tell a customer what happened, not who of the staff did it", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
        })
        await insertEventRows(app.db, id, [
          { type: "created" },
          {
            type: "renewed",
            actor_type: "admin",
            actor_id: "user_1",
            data: JSON.stringify({ amount: 10, internal_note: "fraud?" }),
          },
        ])
        const own = ok(
          await anna.api.get<TimelineResponse>(`${STORE}/${id}/timeline`)
        )
        expect(own).toMatchObject({ count: 2, limit: 15, offset: 0 })
        expect(own.timeline.map(({ type }) => type)).toEqual([
          "renewed",
          "created",
        ])
        expect(own.timeline[0]).toMatchObject({
          actor_type: "admin",
          data: { amount: 10 },
        })
        expect(JSON.stringify(own)).not.toMatch(/user_1|fraud/)

        const whole = ok(
          await admin.get<AdminTimelineResponse>(`${ADMIN}/${id}/timeline`)
        )
        expect(whole.timeline[0]).toMatchObject({
          actor_id: "user_1",
          data: { internal_note: "fraud?" },
        })
      })
    })

    it("says why a charge cannot be priced", async () => {
      const { id, cycle_ids } = await insertSubscriptionRow(app.db, {
        customer_id: anna.id,
      })
      const { next_charge } = ok(
        await anna.api.get<NextChargeResponse>(`${STORE}/${id}/next-charge`)
      )
      expect(next_charge).toEqual({
        cycle_id: cycle_ids[1],
        date: "2030-02-28T10:00:00.000Z",
        payment_method: null,
        problem: "variant_unavailable",
        currency_code: "eur",
      })
    })
  },
})
