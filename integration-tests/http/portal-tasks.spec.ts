import {
  adminClient,
  attackCase,
  exchange,
  expectError,
  makeLink,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  statuses,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { ok } from "../helpers/http"
import { insertSubscriptionRow } from "../helpers/subscription-rows"
import type { AdminPortalMetricsResponse } from "../../src/types/portal-admin-http"

jest.setTimeout(240_000)

const COMPLETE = "/store/portal/session/complete"

portalTest({
  stripe: true,
  options: { limits: { exchangePerIp: { max: 1000 } } },
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      admin = await adminClient(app)
    })

    const metrics = async (query: string) =>
      ok(
        await admin.get<AdminPortalMetricsResponse>(
          `/admin/portal/metrics?${query}`
        )
      ).metrics

    attackCase("metrics/1", async () => {
      const own = await portalSession(app, admin, anna.id)
      const foreign = await portalSession(app, admin, bert.id)
      const { fulfilled: answers } = await parallel(100, () =>
        own.api.post<{ recorded: boolean }>(COMPLETE, { task: "order_viewed" })
      )
      expect(statuses(answers)).toEqual({ 200: 100 })
      expect(answers.filter(({ data }) => data.recorded)).toHaveLength(1)
      expectError(
        await own.api.post(COMPLETE, { task: "world_saved" }),
        400,
        "task_unknown"
      )
      expectError(
        await own.api.post(COMPLETE, { task: "toString" }),
        400,
        "task_unknown"
      )
      for (const more of [
        { session_id: foreign.id },
        { customer_id: bert.id },
      ]) {
        expectError(
          await own.api.post(COMPLETE, { task: "order_viewed", ...more }),
          400,
          "validation_failed"
        )
      }
      expect(
        await app.db(
          "select session_id, customer_id, task from portal_event where type = 'task_completed'"
        )
      ).toEqual([
        { session_id: own.id, customer_id: anna.id, task: "order_viewed" },
      ])
      const at = (ms: number) => new Date(Date.now() + ms).toISOString()
      const found = await metrics(`from=${at(-3_600_000)}&to=${at(60_000)}`)
      expect(found.completion).toEqual({ part: 1, whole: 2, rate: 0.5 })
      expect(found.tasks).toMatchObject([{ completed: 1, started: 1 }])
    })

    it("counts only what a session may do, and needs a session", async () => {
      const subscription = await insertSubscriptionRow(app.db, {
        customer_id: anna.id,
      })
      const narrow = await portalSession(app, admin, anna.id, {
        flow: {
          type: "subscription_cancel",
          data: { subscription_id: subscription.id },
        },
      })
      expectError(
        await narrow.api.post(COMPLETE, { task: "invoice_downloaded" }),
        403,
        "portal_scope_missing"
      )
      expectError(
        await anna.api.post(COMPLETE, { task: "order_viewed" }),
        400,
        "transition_not_allowed"
      )
      expectError(await app.store.post(COMPLETE, { task: "order_viewed" }), 401)
      await app.db(
        "update portal_session set mfa_state = 'pending' where id = ?",
        [narrow.id]
      )
      expectError(
        await narrow.api.post(COMPLETE, { task: "subscription_canceled" }),
        403,
        "mfa_required"
      )
      expect(
        await app.db("select 1 from portal_event where type = 'task_completed'")
      ).toEqual([])
    })

    it("begins a task where a link is about it, or a card is set up", async () => {
      const { id } = await insertSubscriptionRow(app.db, {
        customer_id: anna.id,
      })
      const flow = {
        type: "subscription_cancel",
        data: { subscription_id: id },
      }
      const gaveUp = await makeLink(admin, anna.id, { flow })
      const nonce = "the-same-browser-asks-again"
      ok(await exchange(app.store, gaveUp.token, { nonce }))
      ok(await exchange(app.store, gaveUp.token, { nonce }))
      const did = await portalSession(app, admin, anna.id, { flow })
      ok(await did.api.post(COMPLETE, { task: "subscription_canceled" }))
      // About nothing: it begins with what is done.
      const open = await portalSession(app, admin, anna.id)
      for (const api of [open.api, open.api, anna.api]) {
        ok(
          await api.post("/store/portal/payment-methods/setup", {
            provider_id: "pp_stripe_stripe",
          })
        )
      }
      expectError(
        await did.api.post("/store/portal/payment-methods/setup", {
          provider_id: "pp_stripe_stripe",
        }),
        403
      )
      expect(
        await app.db(
          `select session_id, task from portal_event
           where type = 'task_started' order by created_at`
        )
      ).toEqual([
        { session_id: gaveUp.id, task: "subscription_canceled" },
        { session_id: did.id, task: "subscription_canceled" },
        { session_id: open.id, task: "payment_method_updated" },
      ])
      const at = (ms: number) => new Date(Date.now() + ms).toISOString()
      const { tasks } = await metrics(`from=${at(-3_600_000)}&to=${at(60_000)}`)
      expect(tasks).toMatchObject([
        { task: "subscription_canceled", started: 2, completed: 1 },
        { task: "payment_method_updated", started: 1, completed: 0 },
      ])
    })

    it("counts a look at the next charge, once, and of sessions only", async () => {
      const { id } = await insertSubscriptionRow(app.db, {
        customer_id: anna.id,
      })
      const url = `/store/portal/subscriptions/${id}/next-charge`
      const own = await portalSession(app, admin, anna.id)
      const foreign = await portalSession(app, admin, bert.id)
      for (const api of [own.api, own.api, anna.api]) {
        ok(await api.get(url))
      }
      expectError(await foreign.api.get(url), 404, "not_found")
      expect(
        await app.db(
          "select session_id, task from portal_event where type = 'task_completed'"
        )
      ).toEqual([{ session_id: own.id, task: "next_charge_viewed" }])
    })

    it("counts what the server has done, once for a session", async () => {
      const own = await portalSession(app, admin, anna.id)
      const profile = "/store/portal/profile"
      const addresses = "/store/portal/addresses"
      const address = { address_1: "1 Sample Street", country_code: "de" }
      ok(await own.api.post(profile, { first_name: "Anne" }))
      ok(await own.api.post(addresses, address))
      ok(await own.api.post(addresses, address))
      // Refused: nothing was done.
      expectError(
        await own.api.post(profile, { email: "x@y.test" }),
        400,
        "validation_failed"
      )
      // Medusa's own login counts by itself.
      ok(await anna.api.post(addresses, address))
      expect(
        await app.db(
          `select session_id, task from portal_event
           where type = 'task_completed' order by created_at`
        )
      ).toEqual([
        { session_id: own.id, task: "profile_updated" },
        { session_id: own.id, task: "address_changed" },
        { session_id: null, task: "address_changed" },
      ])
    })

    attackCase("scope/2", async () => {
      const subscription = await insertSubscriptionRow(app.db, {
        customer_id: anna.id,
      })
      const flow = {
        type: "subscription_cancel",
        data: { subscription_id: subscription.id },
      }
      const task = "subscription_canceled"
      const stays = await portalSession(app, admin, anna.id, { flow })
      expect(ok(await stays.api.post(COMPLETE, { task }))).toEqual({
        task,
        recorded: true,
        ended: false,
      })
      expect(ok(await stays.api.post(COMPLETE, { task }))).toEqual({
        task,
        recorded: false,
        ended: false,
      })

      const ends = await portalSession(app, admin, anna.id, {
        flow,
        after_completion: { type: "hosted_confirmation", end_session: true },
      })
      // Not what the flow is for: it goes on.
      expect(
        ok(await ends.api.post(COMPLETE, { task: "subscription_resumed" }))
      ).toMatchObject({ recorded: true, ended: false })
      expect(ok(await ends.api.post(COMPLETE, { task }))).toEqual({
        task,
        recorded: true,
        ended: true,
      })
      const again = await ends.api.post(COMPLETE, { task })
      expect(again.status).toBe(401)
      expectError(
        await ends.api.get(`/store/portal/subscriptions/${subscription.id}`),
        401
      )
      expect(
        await app.db(
          "select status, completed_at is not null as done from portal_session where id = ?",
          [ends.id]
        )
      ).toEqual([{ status: "completed", done: true }])
      expect(
        await app.db(
          "select count(*)::int as n from portal_event where session_id = ? and type = 'session_ended'",
          [ends.id]
        )
      ).toEqual([{ n: 1 }])
    })
  },
})
