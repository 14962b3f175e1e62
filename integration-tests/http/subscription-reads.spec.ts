import {
  adminClient,
  countSql,
  expectError,
  ok,
  portalTest,
  registerCustomer,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import {
  ALL_ACTIONS,
  insert,
  insertEventRows,
  insertPlanRow,
  insertSubscriptionRow,
} from "../helpers/subscription-rows"
import type {
  AdminCycleListResponse,
  AdminSubscriptionListResponse,
  AdminSubscriptionResponse,
  AdminTimelineResponse,
  CycleListResponse,
  NextChargeResponse,
  ScheduleResponse,
  SubscriptionListResponse,
  SubscriptionResponse,
  TimelineResponse,
} from "../../src/types/subscription-http"

jest.setTimeout(240_000)

const STORE = "/store/portal/subscriptions"
const ADMIN = "/admin/subscriptions"

portalTest({
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      admin = await adminClient(app)
    })

    const idsOf = (list: { subscriptions: { id: string }[] }) =>
      list.subscriptions.map(({ id }) => id)

    describe("GET /store/portal/subscriptions", () => {
      it("lists the customer's own, newest first, with the next charge", async () => {
        const plan_id = await insertPlanRow(app.db, { name: "Coffee club" })
        const older = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          plan_id,
          items: [{ quantity: 2, unit_price: 9.95 }, { unit_price: 0.1 }],
        })
        const newer = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          started_at: "2030-02-28T10:00:00Z",
          open_cycle: { amount: 12.34 },
        })
        await insertSubscriptionRow(app.db, { customer_id: bert.id })

        const list = ok(await anna.api.get<SubscriptionListResponse>(STORE))
        expect(list).toMatchObject({ count: 2, limit: 15, offset: 0 })
        expect(idsOf(list)).toEqual([newer.id, older.id])
        expect(list.subscriptions[1]).toMatchObject({
          status: "active",
          currency_code: "eur",
          interval: "month",
          interval_count: 1,
          started_at: "2030-01-31T10:00:00.000Z",
          plan: { id: plan_id, name: "Coffee club" },
          next_charge: {
            cycle_id: older.cycle_ids[1],
            date: "2030-02-28T10:00:00.000Z",
            amount: 20,
            currency_code: "eur",
            is_estimate: true,
          },
        })
        expect(list.subscriptions[1]?.items).toHaveLength(2)
        expect(list.subscriptions[0]?.next_charge).toMatchObject({
          amount: 12.34,
          is_estimate: false,
        })
        for (const secret of [
          "customer_id",
          "email",
          "metadata",
          "parked_at",
        ]) {
          expect(list.subscriptions[0]).not.toHaveProperty(secret)
        }
      })

      it("names no next charge where none comes by itself", async () => {
        const cases = {
          paused: { status: "paused" },
          canceled: { status: "canceled", open_cycle: null },
          ending: { subscription: { cancel_at_period_end: true } },
          parked: { subscription: { parked_at: new Date() } },
          waiting: {
            status: "past_due",
            open_cycle: { status: "action_required", next_attempt_at: null },
          },
          uncollectible: {
            status: "past_due",
            open_cycle: { status: "uncollectible", next_attempt_at: null },
          },
          paid: { open_cycle: { status: "paid" } },
        }
        for (const [name, row] of Object.entries(cases)) {
          const { id } = await insertSubscriptionRow(app.db, {
            customer_id: anna.id,
            ...row,
          })
          const { subscriptions } = ok(
            await anna.api.get<SubscriptionListResponse>(STORE)
          )
          const listed = subscriptions.find((one) => one.id === id)
          expect({ name, next: listed?.next_charge }).toEqual({
            name,
            next: null,
          })
        }
      })

      it("filters by status, sorts and pages without gaps or doubles", async () => {
        for (let month = 0; month < 7; month += 1) {
          await insertSubscriptionRow(app.db, {
            customer_id: anna.id,
            status: month % 2 ? "paused" : "active",
            // Two share an instant: the id decides.
            started_at: new Date(
              Date.UTC(2030, Math.floor(month / 2), 5)
            ).toISOString(),
          })
        }
        const all = ok(
          await anna.api.get<SubscriptionListResponse>(`${STORE}?limit=100`)
        )
        const paged: string[] = []
        for (let offset = 0; offset < 9; offset += 2) {
          const page = ok(
            await anna.api.get<SubscriptionListResponse>(
              `${STORE}?limit=2&offset=${offset}`
            )
          )
          expect(page).toMatchObject({ count: 7, limit: 2, offset })
          paged.push(...idsOf(page))
        }
        expect(paged).toEqual(idsOf(all))

        const paused = ok(
          await anna.api.get<SubscriptionListResponse>(
            `${STORE}?status=paused&order=created_at`
          )
        )
        expect(paused.count).toBe(3)
        const dates = paused.subscriptions.map((one) => one.created_at)
        expect(dates).toEqual([...dates].sort())

        const both = await anna.api.get<SubscriptionListResponse>(
          `${STORE}?status=paused,active`
        )
        expect(ok(both).count).toBe(7)
        const next = ok(
          await anna.api.get<SubscriptionListResponse>(
            `${STORE}?order=-next_charge_at`
          )
        )
        const charges = next.subscriptions.map((one) => one.next_charge?.date)
        expect(charges.slice(4)).toEqual([undefined, undefined, undefined])
        expect(charges.slice(0, 4)).toEqual(
          [...charges.slice(0, 4)].sort().reverse()
        )
      })

      it("costs the same for one and for fifty", async () => {
        const measure = async (api: HttpClient, path: string) => {
          await api.get(path)
          return countSql(() => api.get<SubscriptionListResponse>(path))
        }
        await insertSubscriptionRow(app.db, { customer_id: anna.id })
        const one = await measure(anna.api, `${STORE}?limit=50`)
        const oneOfAll = await measure(admin, `${ADMIN}?limit=50`)
        for (let i = 0; i < 49; i += 1) {
          await insertSubscriptionRow(app.db, {
            customer_id: anna.id,
            items: [{}, {}],
            finished: 3,
          })
        }
        const fifty = await measure(anna.api, `${STORE}?limit=50`)
        const fiftyOfAll = await measure(admin, `${ADMIN}?limit=50`)

        expect(ok(fifty.result).subscriptions).toHaveLength(50)
        expect(ours(one.statements)).toHaveLength(3)
        expect(ours(fifty.statements)).toHaveLength(3)
        expect(fifty.count).toBe(one.count)
        expect(ours(fiftyOfAll.statements)).toHaveLength(3)
        expect(fiftyOfAll.count).toBe(oneOfAll.count)
      })
    })

    describe("GET /store/portal/subscriptions/:id", () => {
      it("shows one with what can be done", async () => {
        const plan_id = await insertPlanRow(app.db, {
          customer_actions: JSON.stringify({ ...ALL_ACTIONS, pause: false }),
        })
        const { id, cycle_ids } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          plan_id,
          finished: 3,
          subscription: {
            provider_id: "pp_system_default",
            shipping_address: JSON.stringify({ city: "Berlin" }),
            max_cycles: 12,
          },
        })
        const { subscription } = ok(
          await anna.api.get<SubscriptionResponse>(`${STORE}/${id}`)
        )
        expect(subscription).toMatchObject({
          id,
          shipping_address: { city: "Berlin" },
          max_cycles: 12,
          paid_cycles: 3,
          open_cycle: { id: cycle_ids[3], sequence: 3, status: "scheduled" },
          payment_method: {
            provider_id: "pp_system_default",
            payment_method_id: null,
            card: null,
          },
          pending_change: null,
        })
        expect(subscription).not.toHaveProperty("customer_id")
        const actions = Object.fromEntries(
          subscription.available_actions.map(({ action, ...rest }) => [
            action,
            rest,
          ])
        )
        expect(actions).toMatchObject({
          pause: { allowed: false, reason: "not_offered" },
          resume: { allowed: false, reason: "status" },
          skip: { allowed: true },
          cancel: { allowed: true },
          reactivate: { allowed: false, reason: "not_ending" },
        })
      })

      it("answers a provider that fails with a page all the same", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          subscription: {
            provider_id: "pp_nowhere",
            account_holder_id: "acchld_none",
            payment_method_id: "pm_1",
          },
        })
        const { subscription } = ok(
          await anna.api.get<SubscriptionResponse>(`${STORE}/${id}`)
        )
        expect(subscription.payment_method).toEqual({
          provider_id: "pp_nowhere",
          payment_method_id: "pm_1",
          card: null,
        })
      })
    })

    describe("another customer's subscription", () => {
      it.each(["", "/next-charge", "/schedule", "/cycles", "/timeline"])(
        "does not exist at /:id%s",
        async (suffix) => {
          const { id } = await insertSubscriptionRow(app.db, {
            customer_id: bert.id,
          })
          const foreign = await anna.api.get(`${STORE}/${id}${suffix}`)
          const unknown = await anna.api.get(`${STORE}/sub_none${suffix}`)
          expectError(foreign, 404, "not_found")
          expect(foreign.data).toEqual(unknown.data)
          expect((await bert.api.get(`${STORE}/${id}${suffix}`)).status).toBe(
            200
          )
          expect((await admin.get(`${ADMIN}/${id}${suffix}`)).status).toBe(200)
          expectError(
            await admin.get(`${ADMIN}/sub_none${suffix}`),
            404,
            "not_found"
          )
        }
      )

      it("does not exist once it is deleted", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          subscription: { deleted_at: new Date() },
        })
        expectError(await anna.api.get(`${STORE}/${id}`), 404, "not_found")
        expect(ok(await anna.api.get(STORE)).count).toBe(0)
      })
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

    describe("GET /admin/subscriptions", () => {
      it("narrows by each filter", async () => {
        const plan_id = await insertPlanRow(app.db)
        const mine = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          email: "anna_100%@shop.test",
          plan_id,
          status: "past_due",
          started_at: "2031-05-01T00:00:00Z",
          subscription: { currency_code: "usd" },
          items: [{ product_id: "prod_a", variant_id: "variant_a" }],
        })
        const other = await insertSubscriptionRow(app.db, {
          customer_id: bert.id,
          email: "annax100y@shop.test",
        })
        const list = async (query: string) =>
          idsOf(
            ok(
              await admin.get<AdminSubscriptionListResponse>(
                `${ADMIN}?${query}`
              )
            )
          )
        expect((await list("")).sort()).toEqual([mine.id, other.id].sort())
        for (const query of [
          "status=past_due",
          `customer_id=${anna.id}`,
          `plan_id=${plan_id}`,
          "product_id=prod_a",
          "variant_id=variant_a,variant_b",
          "currency_code=USD",
          "next_charge_from=2031-06-01T00:00:00Z",
          "next_charge_from=2031-05-31T00:00:00Z&next_charge_to=2031-06-01T00:00:00Z",
          "q=ANNA_100%25",
          `q=${mine.id.slice(4, 16)}`,
        ]) {
          expect({ query, ids: await list(query) }).toEqual({
            query,
            ids: [mine.id],
          })
        }
        expect(await list("next_charge_to=2030-12-31T00:00:00Z")).toEqual([
          other.id,
        ])
        expect(await list(`status=past_due&customer_id=${bert.id}`)).toEqual([])
        expect(await list("order=email")).toEqual([mine.id, other.id])
        expect(await list("order=-email")).toEqual([other.id, mine.id])
        expect(await list("order=next_charge_at")).toEqual([other.id, mine.id])
      })

      it("shows what an admin needs of one", async () => {
        const { id } = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          subscription: { parked_at: new Date(), parked_reason: "two charges" },
        })
        const { subscription } = ok(
          await admin.get<AdminSubscriptionResponse>(`${ADMIN}/${id}`)
        )
        expect(subscription).toMatchObject({
          id,
          customer_id: anna.id,
          email: "reader@shop.test",
          parked_reason: "two charges",
          next_charge: null,
          open_cycle: { sequence: 1 },
        })
      })
    })
  },
})

/** The statements that read the plugin's own tables. */
function ours(statements: string[]): string[] {
  return statements.filter((text) => text.includes("portal_"))
}
