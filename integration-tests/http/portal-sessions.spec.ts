import {
  attackCase,
  countSql,
  exchange,
  expectError,
  makeLink,
  parallel,
  portalSession,
  portalTest,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { insertSubscriptionRow } from "../helpers/subscription-rows"
import { ok } from "../helpers/http"
import { cookieOf } from "./account-security.support"
import { people, PORTAL_ELSEWHERE, sessionRow } from "./portal-links.support"

jest.setTimeout(240_000)

const SESSION = "/store/portal/session"
const SUBSCRIPTIONS = "/store/portal/subscriptions"

portalTest({
  options: PORTAL_ELSEWHERE,
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      ;({ anna, bert, admin } = await people(app))
    })

    const rowOf = (id: string) => sessionRow(app, id)

    attackCase("session/3", async () => {
      const one = await portalSession(app, admin, anna.id)
      const two = await portalSession(app, admin, anna.id)
      const flight = parallel(10, () => one.api.get(SESSION))
      const ended = await two.api.delete(
        `/store/portal/security/sessions/${one.id}`
      )
      expect(ended.status).toBe(200)
      for (const { status } of (await flight).fulfilled) {
        expect([200, 401]).toContain(status)
      }
      expectError(await one.api.get(SESSION), 401, "session_revoked")
      expect((await two.api.get(SESSION)).status).toBe(200)
    })

    attackCase("session/4", async () => {
      const session = await portalSession(app, admin, bert.id)
      const login = await app.api.as(anna.token).post("/auth/session")
      const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0]
      expect(cookie).toContain("connect.sid")
      expectError(
        await session.api.with({ cookie }).get(SESSION),
        400,
        "ambiguous_credentials"
      )
      expectError(
        await bert.api.with({ cookie }).get(SESSION),
        400,
        "ambiguous_credentials"
      )
      expect((await anna.api.with({ cookie }).get(SESSION)).status).toBe(200)
    })

    it("takes a member's own cookie beside their session in another's account", async () => {
      const session = await portalSession(app, admin, anna.id)
      await app.db(
        `insert into portal_member
           (id, tenant_id, account_customer_id, email, member_customer_id, role, status)
         values ('pmem_bert', 'default', ?, ?, ?, 'viewer', 'active')`,
        [anna.id, bert.email, bert.id]
      )
      await app.db(
        "update portal_session set member_id = 'pmem_bert' where id = ?",
        [session.id]
      )
      const withCookieOf = async (token: string) => {
        const login = await app.api.as(token).post("/auth/session")
        const cookie = cookieOf(login.headers.get("set-cookie"))
        return session.api.with({ cookie }).get(SESSION)
      }
      const own = await withCookieOf(bert.token)
      expect(own.status).toBe(200)
      expect(own.data).toMatchObject({ customer: { id: anna.id } })
      // The account's owner is somebody else than who has the session.
      expectError(await withCookieOf(anna.token), 400, "ambiguous_credentials")
    })

    attackCase("session/5", async () => {
      const session = await portalSession(app, admin, anna.id)
      const login = await app.api.as(bert.token).post("/auth/session")
      const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0]
      const { token } = session
      for (const authorization of [
        `bearer ${token}`,
        `Bearer  ${token}`,
        `Bearer\t${token}`,
      ]) {
        const answer = await app.store.with({ authorization }).get(SESSION)
        expect(answer.status).toBe(200)
      }
      for (const authorization of [
        `Bearer ${token}, Bearer ${token}`,
        "Bearer null",
        "Bearer undefined",
        "Bearer",
        "",
        `Bearer pss_${"a".repeat(8000)}`,
        `Bearer ${token}x`,
        `Basic ${token}`,
        token,
      ]) {
        // A cookie beside it must not become somebody else's access.
        expectError(
          await app.store.with({ authorization, cookie }).get(SESSION),
          401,
          "unauthorized"
        )
      }
    })

    attackCase("session/6", async () => {
      const mine = await portalSession(app, admin, anna.id)
      const other = await portalSession(app, admin, bert.id)
      const path = `/store/portal/security/sessions/${other.id}`
      expectError(await mine.api.delete(path), 404, "not_found")
      expect((await other.api.get(SESSION)).status).toBe(200)
      const listed = await mine.api.get<{ sessions: { id: string }[] }>(
        "/store/portal/security/sessions"
      )
      expect(
        listed.data.sessions.filter(({ id }) => id.startsWith("psess_"))
      ).toMatchObject([{ id: mine.id, is_current: true }])
    })

    attackCase("session/9", async () => {
      const session = await portalSession(app, admin, anna.id)
      const before = await session.api.get(SESSION)
      expect(before.headers.get("cache-control")).toBe("no-store")
      const left = await session.api.delete(SESSION)
      expect(left.status).toBe(200)
      expect(left.headers.get("clear-site-data")).toContain("storage")
      expectError(await session.api.get(SESSION), 401, "session_revoked")
      // Logging out never opens the link again.
      expect(await rowOf(session.id)).toMatchObject({ status: "completed" })
    })

    it("ends by idling and by age", async () => {
      for (const column of ["idle_expires_at", "session_expires_at"]) {
        const session = await portalSession(app, admin, anna.id)
        expect((await session.api.get(SESSION)).status).toBe(200)
        await app.db(
          `update portal_session set ${column} = now() where id = ?`,
          [session.id]
        )
        expectError(
          await session.api.get(SESSION),
          401,
          "portal_session_expired"
        )
      }
    })

    it("puts off the idle end with each use, but never the absolute one", async () => {
      const session = await portalSession(app, admin, anna.id)
      await app.db(
        `update portal_session set last_seen_at = now() - interval '1 minute',
           idle_expires_at = now() + interval '1 minute',
           session_expires_at = now() + interval '5 minutes' where id = ?`,
        [session.id]
      )
      await session.api.get(SESSION)
      const row = await rowOf(session.id)
      expect(row.idle_expires_at).toEqual(row.session_expires_at)
    })

    attackCase("scope/1", async () => {
      const sub = await insertSubscriptionRow(app.db, { customer_id: anna.id })
      const other = await insertSubscriptionRow(app.db, {
        customer_id: anna.id,
      })
      const session = await portalSession(app, admin, anna.id, {
        flow: {
          type: "subscription_cancel",
          data: { subscription_id: sub.id },
        },
      })
      expect((await session.api.get(`${SUBSCRIPTIONS}/${sub.id}`)).status).toBe(
        200
      )
      for (const path of [
        SUBSCRIPTIONS,
        `${SUBSCRIPTIONS}/${other.id}`,
        "/store/portal/payment-methods",
        "/store/portal/profile",
        "/store/portal/security/sessions",
      ]) {
        expectError(await session.api.get(path), 403, "portal_scope_missing")
      }
      // A link is never made for somebody else's object.
      for (const id of ["sub_unknown", sub.id]) {
        expectError(
          await admin.post("/admin/portal/sessions", {
            customer_id: bert.id,
            flow: {
              type: "subscription_cancel",
              data: { subscription_id: id },
            },
          }),
          400,
          "flow_invalid"
        )
      }
      // Nor opened once the object is not the customer's any more.
      const link = await makeLink(admin, anna.id, {
        flow: { type: "subscription", data: { subscription_id: sub.id } },
      })
      await app.db(
        "update portal_subscription set customer_id = ? where id = ?",
        [bert.id, sub.id]
      )
      expectError(
        await exchange(app.store, link.token),
        401,
        "portal_link_invalid"
      )
      expectError(
        await session.api.get(`${SUBSCRIPTIONS}/${sub.id}`),
        404,
        "not_found"
      )
    })

    it.each([
      { type: "subscription_cancel", data: {} },
      { type: "subscription_cancel" },
      { type: "overview", data: { subscription_id: "sub_1" } },
      { type: "ticket", data: { ticket_id: "tkt_1" } },
    ])("makes no link for the flow %j", async (flow) => {
      expectError(
        await admin.post("/admin/portal/sessions", {
          customer_id: anna.id,
          flow,
        }),
        400,
        "flow_invalid"
      )
    })

    attackCase("scope/3", async () => {
      const session = await portalSession(app, admin, anna.id, {
        impersonate: true,
      })
      expect((await session.api.get(SUBSCRIPTIONS)).status).toBe(200)
      for (const [method, path] of [
        ["post", "/store/portal/security/password"],
        ["post", "/store/portal/security/email-change"],
        ["delete", "/store/portal/payment-methods/pm_1"],
        ["post", "/store/portal/payment-methods/setup"],
        ["post", "/store/portal/profile"],
      ] as const) {
        expectError(
          await session.api[method](path, {}),
          403,
          "portal_scope_missing"
        )
      }
      const events = await app.db<{ actor_id: string; data: object }>(
        "select actor_id, data from portal_event where type = 'impersonated_request'"
      )
      expect(events).toHaveLength(1)
      expect(events[0]).toMatchObject({
        actor_id: expect.stringMatching(/^user_/) as string,
        data: { method: "GET", path: SUBSCRIPTIONS },
      })
      // Asked for explicitly, it may write; then that is written down.
      const writer = await portalSession(app, admin, anna.id, {
        impersonate: true,
        scopes: ["profile:w"],
      })
      const read = await writer.api.get(SESSION)
      expect(read.data).toMatchObject({
        portal_session: { is_impersonation: true, scopes: ["profile:w"] },
      })
    })

    attackCase("logging/1", async () => {
      const link = await makeLink(admin, anna.id)
      const opened = ok(
        await exchange(
          app.store.with({
            "user-agent": `<script>alert(1)</script>\u009b31m${"x".repeat(5000)}`,
            "x-forwarded-for": "::ffff:203.0.113.9",
          }),
          link.token
        )
      )
      const row = await rowOf(opened.portal_session.id)
      expect(String(row.user_agent).length).toBeLessThanOrEqual(300)
      expect(row.user_agent).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      expect(row.ip).toBe("203.0.113.9")
      const listed = await app.store
        .as(opened.token)
        .get("/store/portal/security/sessions")
      expect(listed.headers.get("content-type")).toContain("application/json")
      const without = await makeLink(admin, anna.id)
      const bare = await exchange(
        app.store.with({ "user-agent": "" }),
        without.token
      )
      expect(bare.status).toBe(201)
    })

    attackCase("clock/1", async () => {
      const link = await makeLink(admin, anna.id)
      const session = await portalSession(app, admin, anna.id)
      const now = Date.now
      const skews = [-600_000, 600_000, 3_600_000 * 24]
      for (const skew of skews) {
        jest.spyOn(Date, "now").mockImplementation(() => now() + skew)
        try {
          expect((await session.api.get(SESSION)).status).toBe(200)
        } finally {
          jest.restoreAllMocks()
        }
      }
      jest.spyOn(Date, "now").mockImplementation(() => now() + 600_001)
      try {
        expect((await exchange(app.store, link.token)).status).toBe(201)
      } finally {
        jest.restoreAllMocks()
      }
    })

    it("guards with two statements beyond what every store route costs", async () => {
      const session = await portalSession(app, admin, anna.id)
      const empty = await countSql(() => app.store.get("/store/regions/x"))
      for (const api of [session.api, anna.api]) {
        await api.get(SESSION)
        const { statements } = await countSql(() => api.get(SESSION))
        const own = statements.filter(
          (sql) =>
            !/api_key|sales_channel/.test(sql) && /portal_|customer/.test(sql)
        )
        expect(own.length).toBeLessThanOrEqual(2)
      }
      expect(empty.count).toBeGreaterThan(0)
    })
  },
})
