import {
  adminClient,
  attackCase,
  countSql,
  expectError,
  portalSession,
  portalTest,
  registerCustomer,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { ok } from "../helpers/http"
import { handMade, makeWeek } from "./portal-metrics.support"
import type {
  AdminPortalEventListResponse,
  AdminPortalMetricsResponse,
  AdminPortalSettingsResponse,
  PortalMetrics,
} from "../../src/types/portal-admin-http"

jest.setTimeout(240_000)

const COMPLETE = "/store/portal/session/complete"
const SECRET = "a-secret-that-signs-links-for-this-test"
const BRAND = {
  name: "Brand B",
  primaryColor: "#112233",
  supportEmail: "help@b.test",
}
/** The week of the hand-made events. */
const WEEK = "from=2026-01-04T23:00:00Z&to=2026-01-11T23:00:00Z"

portalTest({
  options: {
    timezone: "Europe/Berlin",
    sessions: {
      linkSeconds: 900,
      linkSecrets: [{ kid: "k1", secret: SECRET }],
    },
    limits: { exchangePerIp: { max: 1000 } },
    security: { deviceTracking: false },
    portalUrl: "https://shop.test/account",
    branding: BRAND,
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      admin = await adminClient(app)
    })

    const { event, visit, ticket } = handMade((sql, values) =>
      app.db(sql, values)
    )
    const metrics = async (query = WEEK): Promise<PortalMetrics> =>
      ok(
        await admin.get<AdminPortalMetricsResponse>(
          `/admin/portal/metrics?${query}`
        )
      ).metrics

    const week = () => makeWeek({ visit, ticket })

    it("computes what was counted by hand", async () => {
      await week()
      // Two links that nobody opened in time; one of them mailed a fresh one.
      for (const id of ["l1", "l2"]) {
        await event({
          at: "2026-01-08T08:00:00Z",
          type: "link_created",
          session: id,
        })
        await event({
          at: "2026-01-08T09:00:00Z",
          type: "link_expired",
          session: id,
        })
      }
      await event({
        at: "2026-01-08T09:00:05Z",
        type: "link_expired",
        session: "l1",
      })
      await event({
        at: "2026-01-08T09:01:00Z",
        type: "recovered",
        session: "l1",
      })

      const sql = await countSql(() => metrics())
      const found = sql.result
      expect(found).toMatchObject({
        timezone: "Europe/Berlin",
        window_hours: 24,
        tenant_id: null,
        completion: { part: 2, whole: 5, rate: 0.4 },
        leakage: { part: 2, whole: 5, rate: 0.4 },
        redemption: { part: 5, whole: 7, rate: 0.7143 },
        expired_links: { part: 2, whole: 7, rate: 0.2857 },
        recovery: { part: 1, whole: 2, rate: 0.5 },
        step_up_drop_off: { part: 1, whole: 2, rate: 0.5 },
        median_seconds_to_task: 240,
        top_abandoned_flow: "subscription_cancel",
        flows: [{ flow: "subscription_cancel", sessions: 2, abandoned: 1 }],
      })
      expect(found.tasks).toEqual([
        {
          task: "subscription_canceled",
          category: "cancel",
          started: 2,
          completed: 1,
          ticket_followed: 0,
        },
        {
          task: "invoice_downloaded",
          category: "invoice",
          started: 1,
          completed: 1,
          ticket_followed: 1,
        },
        {
          task: "payment_method_updated",
          category: "payment_method",
          started: 1,
          completed: 1,
          ticket_followed: 0,
        },
      ])
      expect(found.deflection).toMatchObject({
        is_estimate: true,
        solved: 2,
        tickets: 4,
        rate: 0.3333,
      })
      const rates = Object.fromEntries(
        found.deflection.categories.map(({ category, rate }) => [
          category,
          rate,
        ])
      )
      expect(rates).toEqual({
        cancel: 0.5,
        invoice: 0,
        payment_method: 0.5,
        return: 0,
        charge_question: null,
        order_status: null,
        download: null,
      })
      const none = { redeemed: 0, completed: 0, leaked: 0 }
      expect(found.days).toEqual([
        { date: "2026-01-05", redeemed: 2, completed: 1, leaked: 1 },
        { date: "2026-01-06", redeemed: 2, completed: 0, leaked: 1 },
        { date: "2026-01-07", redeemed: 1, completed: 1, leaked: 0 },
        { date: "2026-01-08", ...none },
        { date: "2026-01-09", ...none },
        { date: "2026-01-10", ...none },
        { date: "2026-01-11", ...none },
      ])
      expect(
        sql.statements.filter((one) => one.includes("portal_event"))
      ).toHaveLength(4)
    })

    it("takes a longer window, an empty range, and one tenant", async () => {
      await week()
      await visit({
        id: "other",
        tenant: "brand-b",
        at: "2026-01-09T12:00:00Z",
        customer: "c1",
        done: { order_viewed: 1 },
      })
      // The card's ticket after 30 hours counts within 72.
      expect(await metrics(`${WEEK}&window_hours=72`)).toMatchObject({
        completion: { part: 2, whole: 6 },
        leakage: { part: 3, whole: 6 },
      })
      expect(await metrics(`${WEEK}&tenant_id=brand-b`)).toMatchObject({
        tenant_id: "brand-b",
        completion: { part: 1, whole: 1, rate: 1 },
        deflection: { solved: 1, tickets: 0, rate: 1 },
      })
      const empty = await metrics(
        "from=2025-01-01T00:00:00Z&to=2025-01-02T00:00:00Z"
      )
      expect(empty).toMatchObject({
        completion: { part: 0, whole: 0, rate: null },
        deflection: { rate: null },
        redemption: { rate: null },
        median_seconds_to_task: null,
        top_abandoned_flow: null,
        tasks: [],
        flows: [],
      })
      // A year and a half is too much; 400 days are not.
      const range = (to: string) =>
        admin.get(`/admin/portal/metrics?from=2025-01-01T00:00:00Z&to=${to}`)
      expect((await range("2026-02-05T00:00:00Z")).status).toBe(200)
      expectError(await range("2026-02-05T00:00:01Z"), 400, "validation_failed")
    })

    attackCase("metrics/2", async () => {
      await week()
      const before = await metrics()
      const bots = [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Barracuda Sentinel (EE)",
      ]
      for (const [index, user_agent] of bots.entries()) {
        await visit({
          id: `bot${index}`,
          user_agent,
          at: "2026-01-08T12:00:00Z",
          customer: `bot${index}`,
          flow: "order",
          done: index ? {} : { order_viewed: 1 },
        })
      }
      await visit({
        id: "admin",
        impersonator: "user_1",
        at: "2026-01-08T13:00:00Z",
        customer: "c1",
        flow: "invoice",
        done: { invoice_downloaded: 1 },
        mfa: "pending",
      })
      expect(await metrics()).toEqual(before)

      // A phone that is called Cubot is a person's.
      await visit({
        id: "phone",
        user_agent:
          "Mozilla/5.0 (Linux; Android 13; CUBOT P80 Build/TP1A) Chrome/140.0 Mobile",
        at: "2026-01-08T12:00:00Z",
        customer: "c9",
      })
      const after = await metrics()
      expect(after.completion).toEqual({ part: 2, whole: 6, rate: 0.3333 })
    })

    it("counts an admin's session, opened for real, nowhere", async () => {
      const around = () => {
        const at = (ms: number) => new Date(Date.now() + ms).toISOString()
        return metrics(`from=${at(-3_600_000)}&to=${at(60_000)}`)
      }
      const looking = await portalSession(app, admin, anna.id, {
        impersonate: true,
      })
      expect(
        ok(await looking.api.post(COMPLETE, { task: "order_viewed" }))
      ).toEqual({ task: "order_viewed", recorded: true, ended: false })
      const rows = await app.db<{ actor_id: string | null }>(
        "select actor_id from portal_event where type = 'task_completed'"
      )
      expect(rows).toEqual([{ actor_id: expect.any(String) as string }])
      expect((await around()).completion).toEqual({
        part: 0,
        whole: 0,
        rate: null,
      })

      const own = await portalSession(app, admin, anna.id)
      ok(await own.api.post(COMPLETE, { task: "order_viewed" }))
      expect((await around()).completion).toEqual({
        part: 1,
        whole: 1,
        rate: 1,
      })
    })

    it("lists events by what they are about", async () => {
      await week()
      const list = async (query: string) =>
        ok(
          await admin.get<AdminPortalEventListResponse>(
            `/admin/portal/events?${query}`
          )
        )
      const cancels = await list("session_id=s1&limit=2")
      expect(cancels).toMatchObject({ count: 5, limit: 2, offset: 0 })
      expect(cancels.portal_events[0]).toEqual({
        id: expect.stringMatching(/^pevt_/) as string,
        type: "task_completed",
        tenant_id: "default",
        customer_id: "c1",
        session_id: "s1",
        task: "subscription_canceled",
        actor_id: null,
        ip: null,
        data: null,
        created_at: "2026-01-04T23:32:00.000Z",
      })
      const found = async (query: string) => (await list(query)).count
      expect(await found("type=ticket_opened")).toBe(4)
      expect(await found("type=ticket_opened,link_created")).toBe(9)
      expect(await found("customer_id=c5&type=ticket_opened")).toBe(2)
      expect(await found("tenant_id=brand-b")).toBe(0)
      expect(
        await found(
          "type=ticket_opened&from=2026-01-07T11:00:00Z&to=2026-01-07T13:00:00Z"
        )
      ).toBe(1)
      expect((await list("limit=1&offset=1000")).portal_events).toEqual([])
    })

    it("shows the settings, and no secret", async () => {
      const answer = await admin.get<AdminPortalSettingsResponse>(
        "/admin/portal/settings"
      )
      const { settings } = ok(answer)
      expect(settings).toMatchObject({
        timezone: "Europe/Berlin",
        lifetimes: {
          link_seconds: 900,
          session_seconds: 3600,
          idle_seconds: 900,
          recover_seconds: 604_800,
          max_pending_links: 10,
          retention_days: 90,
        },
        link_style: "fragment",
        password: { min_length: 8, max_length: 256, refuse_common: true },
        mails: { from: null, disabled: [] },
        tenants: [
          {
            id: "default",
            enabled: true,
            portal_url: "https://shop.test/account",
            branding: {
              name: "Brand B",
              primary_color: "#112233",
              support_email: "help@b.test",
            },
          },
        ],
      })
      expect(settings.mails.provider).toMatchObject({
        id: expect.any(String) as string,
      })
      const on = (name: string) =>
        settings.hardenings.find((one) => one.name === name)?.enabled
      expect(on("deviceTracking")).toBe(false)
      expect(on("revocation")).toBe(true)
      expect(settings.limits).toEqual(
        expect.arrayContaining([
          { name: "exchangePerIp", max: 1000, seconds: 60 },
          { name: "mfaTries", max: 10, seconds: 900 },
        ])
      )
      expect(JSON.stringify(settings)).not.toContain(SECRET)
      expect(JSON.stringify(settings)).not.toMatch(/secret/i)
    })

    it("answers nobody but admins", async () => {
      for (const path of [`metrics?${WEEK}`, "events", "settings"]) {
        expectError(await app.api.get(`/admin/portal/${path}`), 401)
        expectError(await anna.api.get(`/admin/portal/${path}`), 401)
      }
    })
  },
})
