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
  insertPlanRow,
  insertSubscriptionRow,
} from "../helpers/subscription-rows"
import type {
  AdminSubscriptionListResponse,
  AdminSubscriptionResponse,
  SubscriptionListResponse,
  SubscriptionResponse,
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
        // A verdict about the login is read anew each five seconds.
        expect(Math.abs(fifty.count - one.count)).toBeLessThanOrEqual(1)
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

      it("begins with those that need a person", async () => {
        const make = async (
          started_at: string,
          input: Partial<Parameters<typeof insertSubscriptionRow>[1]> = {}
        ) =>
          (
            await insertSubscriptionRow(app.db, {
              customer_id: anna.id,
              started_at,
              ...input,
            })
          ).id
        const parked = { parked_at: new Date(), parked_reason: "two charges" }
        const fine = await make("2026-01-04T00:00:00Z")
        const failed = await make("2026-01-03T00:00:00Z", {
          status: "past_due",
        })
        const ended = await make("2026-01-02T00:00:00Z", {
          status: "canceled",
          subscription: { ...parked, ended_at: new Date() },
        })
        const held = await make("2026-01-01T00:00:00Z", {
          subscription: parked,
        })
        const order = async (by: string) =>
          idsOf(
            ok(
              await admin.get<AdminSubscriptionListResponse>(
                `${ADMIN}?order=${by}`
              )
            )
          )
        expect(await order("attention")).toEqual([held, failed, fine, ended])
        expect(await order("-attention")).toEqual([fine, ended, failed, held])
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
