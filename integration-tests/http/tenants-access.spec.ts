import { PORTAL_ROUTES } from "../../src/api/_lib/portal-routes"
import { findTenant } from "../../src/workflows/tenants/tenants"
import {
  adminClient,
  attackCase,
  exchange,
  expectError,
  mailsTo,
  makeLink,
  ok,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  settledLogin,
  statuses,
  waitForMail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { openShops, TWO_TENANTS, type Shops } from "./tenants.support"

jest.setTimeout(240_000)

const LINKS = "/admin/portal/sessions"
const SESSION = "/store/portal/session"
const LOGIN = "/store/portal/login-requests"
const PREVIEW = "/store/portal/sessions/preview"

/** Who gets into which brand: by links, sign-in mails and the admin's routes. */
portalTest({
  options: TWO_TENANTS,
  testSuite: (app) => {
    /** A customer of `a`, and one of `b`. */
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient
    let shops: Shops

    beforeAll(async () => {
      shops = await openShops(app)
      anna = await registerCustomer(app)
      bert = await registerCustomer({ ...app, store: shops.atB(app.store) })
      admin = await adminClient(app)
    })

    const linkRow = async (id: string) => {
      const [row] = await app.db(
        "select status, redeemed_at, tenant_id from portal_session where id = ?",
        [id]
      )
      return row
    }
    const sessionCount = async () => {
      const [row] = await app.db<{ count: number }>(
        "select count(*)::int as count from portal_session"
      )
      return row?.count
    }

    attackCase("tenant/1", async () => {
      const link = await makeLink(admin, anna.id, { tenant_id: "a" })
      const atB = shops.atB(app.store)
      expectError(
        await exchange(atB, link.token, { nonce: "n".repeat(32) }),
        401,
        "portal_link_invalid"
      )
      expectError(
        await atB.post(PREVIEW, { token: link.token }),
        401,
        "portal_link_invalid"
      )
      expect(await linkRow(link.id)).toEqual({
        status: "pending",
        redeemed_at: null,
        tenant_id: "a",
      })
      const events = await app.db(
        "select type, tenant_id, session_id, data from portal_event where type = 'link_wrong_tenant'"
      )
      expect(events).toHaveLength(2)
      expect(events[0]).toMatchObject({
        tenant_id: "b",
        session_id: link.id,
        data: { link_tenant: "a" },
      })

      const opened = ok(await exchange(app.store, link.token))
      expect(opened.portal_session.id).toBe(link.id)
      const session = app.store.as(opened.token)
      expect((await session.get(SESSION)).status).toBe(200)
    })

    attackCase("tenant/5", async () => {
      const link = await makeLink(admin, anna.id, { tenant_id: "a" })
      const session = await portalSession(app, admin, anna.id, {
        tenant_id: "a",
      })
      const before = await sessionCount()
      const refused: [string, number, string][] = [
        [shops.keys.both, 400, "ambiguous_tenant"],
        [shops.keys.nobody, 401, "tenant_unknown"],
      ]
      for (const [key, status, code] of refused) {
        for (const tenant of ["a", "b", undefined]) {
          const headers = {
            "x-publishable-api-key": key,
            "x-portal-tenant": tenant,
          }
          for (const answer of [
            await session.api.with(headers).get(SESSION),
            await anna.api.with(headers).get("/store/portal/profile"),
            await exchange(app.store.with(headers), link.token),
            await app.store.with(headers).post(LOGIN, { email: anna.email }),
          ]) {
            expectError(answer, status, code)
          }
        }
      }
      // Nor does a header, a field or a query of a request choose.
      const atB = shops.atB(session.api).with({ "x-portal-tenant": "a" })
      expectError(await atB.get(SESSION), 401, "unauthorized")
      expectError(
        await exchange(
          shops.atB(app.store).with({ "x-portal-tenant": "a" }),
          link.token
        ),
        401,
        "portal_link_invalid"
      )
      expectError(
        await exchange(shops.atB(app.store), link.token, { tenant_id: "a" }),
        400,
        "validation_failed"
      )
      expect(await linkRow(link.id)).toMatchObject({ status: "pending" })
      expect(await sessionCount()).toBe(before)
      expect(await app.db("select id from portal_login_request")).toEqual([])
      const fromA = session.api.with({ "x-portal-tenant": "b" })
      expect((await fromA.get(SESSION)).status).toBe(200)
    })

    attackCase("tenant/6", async () => {
      const { api_key } = ok(
        await admin.post<{ api_key: { token: string } }>("/admin/api-keys", {
          title: "server of a",
          type: "secret",
        })
      )
      const basic = Buffer.from(`${api_key.token}:`).toString("base64")
      const server = app.api.with({ authorization: `Basic ${basic}` })
      for (const caller of [admin, server]) {
        for (const delivery of ["return", "email"]) {
          const make = (customer_id: string, tenant_id: string) =>
            caller.post(LINKS, { customer_id, tenant_id, delivery })
          const unknown = await make("cus_nobody", "a")
          expectError(unknown, 404, "not_found")
          for (const [customer, tenant] of [
            [bert.id, "a"],
            [anna.id, "b"],
            [anna.id, "c"],
          ] as const) {
            const answer = await make(customer, tenant)
            expect(answer.status).toBe(404)
            expect(answer.data).toEqual(unknown.data)
          }
        }
        // With several brands a caller has to say for which one.
        expect(
          (await caller.post(LINKS, { customer_id: anna.id })).status
        ).toBe(404)
      }
      expect(await sessionCount()).toBe(0)
      expect(mailsTo(anna.email)).toEqual([])
      expect(mailsTo(bert.email)).toEqual([])
      await makeLink(admin, bert.id, { tenant_id: "b" })
    })

    attackCase("tenant/7", async () => {
      const tenant = findTenant(app.container(), "b")
      if (!tenant) {
        throw new Error("There is no tenant b")
      }
      const channels = tenant.sales_channel_ids
      const link = await makeLink(admin, bert.id, { tenant_id: "b" })
      const other = await makeLink(admin, bert.id, { tenant_id: "b" })
      const atB = shops.atB(app.store)
      const { token } = ok(await exchange(atB, other.token))
      const session = atB.as(token)
      expect((await session.get(SESSION)).status).toBe(200)
      // What a restart with other options comes to.
      try {
        tenant.enabled = false
        for (const api of [session, shops.atB(bert.api)]) {
          expectError(
            await api.get("/store/portal/profile"),
            401,
            "tenant_unknown"
          )
        }
        expectError(await exchange(atB, link.token), 410, "portal_link_expired")
        expectError(
          await atB.post(PREVIEW, { token: link.token }),
          410,
          "portal_link_expired"
        )
        expectError(
          await atB.post(LOGIN, { email: bert.email }),
          401,
          "tenant_unknown"
        )
        expectError(
          await admin.post(LINKS, { customer_id: bert.id, tenant_id: "b" }),
          404,
          "not_found"
        )
        tenant.enabled = true

        tenant.sales_channel_ids = []
        expectError(await session.get(SESSION), 401, "tenant_unknown")
        expectError(await exchange(atB, link.token), 401, "tenant_unknown")
        // Nor does the session go on in the brand that is left.
        expectError(await app.store.as(token).get(SESSION), 401, "unauthorized")
      } finally {
        tenant.enabled = true
        tenant.sales_channel_ids = channels
      }
      expect(await linkRow(link.id)).toMatchObject({ status: "pending" })
      ok(await exchange(atB, link.token))
    })

    it("mails a sign-in link to customers of the brand only", async () => {
      const ask = async (client: HttpClient, email: string) =>
        ok(
          await client.post<{ login_request: { id: string } }>(LOGIN, { email })
        ).login_request
      const stranger = await ask(app.store, bert.email)
      const row = await settledLogin(app, stranger.id)
      expect(row.suppressed_reason).not.toBeNull()
      expect(await sessionCount()).toBe(0)
      const own = await ask(shops.atB(app.store), bert.email)
      expect((await settledLogin(app, own.id)).suppressed_reason).toBeNull()
      await waitForMail({ to: bert.email })
      expect(mailsTo(bert.email)).toHaveLength(1)
      // Both answers look the same.
      expect(Object.keys(own).sort()).toEqual(Object.keys(stranger).sort())
    })

    it("lets a member leave an account, once and in its brand", async () => {
      const cleo = await registerCustomer({
        ...app,
        store: shops.atB(app.store),
      })
      await app.db(
        `insert into portal_member (id, tenant_id, account_customer_id, email, member_customer_id, role, status)
         values ('pmem_1', 'b', ?, ?, ?, 'owner', 'active')`,
        [bert.id, cleo.email, cleo.id]
      )
      const url = `/store/portal/accounts/${bert.id}`
      const atB = shops.atB(cleo.api)
      const opened = ok(await atB.post<{ token: string }>(`${url}/session`, {}))
      const inside = shops.atB(app.store.as(opened.token))
      expect((await inside.get("/store/portal/profile")).status).toBe(200)

      const atA = cleo.api.with({ "x-publishable-api-key": shops.keys.a })
      expectError(await atA.delete(url), 404, "not_found")
      expectError(await inside.delete(url), 403, "portal_scope_missing")
      // The customer of the account is its owner and has nothing to leave.
      expectError(await shops.atB(bert.api).delete(url), 404, "not_found")
      expectError(await shops.atB(anna.api).delete(url), 404, "not_found")
      expect(await app.db("select status from portal_member")).toEqual([
        { status: "active" },
      ])

      const { fulfilled } = await parallel(20, () => atB.delete(url))
      expect(statuses(fulfilled)).toEqual({ 200: 1, 404: 19 })
      expect(await app.db("select status from portal_member")).toEqual([
        { status: "removed" },
      ])
      expectError(
        await inside.get("/store/portal/profile"),
        401,
        "session_revoked"
      )
      expectError(await atB.post(`${url}/session`, {}), 404, "not_found")
    })

    it("asks every route for a credential, and for its scope", async () => {
      // No route needs this scope yet.
      const bare = await portalSession(app, admin, anna.id, {
        tenant_id: "a",
        scopes: ["orders:r"],
      })
      const counts = () =>
        app.db(
          `select (select count(*) from portal_member) as members,
             (select count(*) from portal_session) as sessions,
             (select count(*) from customer_address) as addresses,
             (select count(*) from portal_preference) as preferences,
             (select count(*) from portal_login_request) as login_requests`
        )
      const before = await counts()
      const call = (api: HttpClient, method: string, url: string) =>
        method === "GET"
          ? api.get(url)
          : method === "DELETE"
            ? api.delete(url)
            : api.post(url, {})
      let scoped = 0
      for (const [route, { needs }] of Object.entries(PORTAL_ROUTES)) {
        if (needs === "public") {
          continue
        }
        const [method = "", template = ""] = route.split(" ")
        const url = template.replace(/:\w+/g, bare.id)
        const anonymous = await call(app.store, method, url)
        expect({ route, status: anonymous.status }).toEqual({
          route,
          status: 401,
        })
        if (needs === "session") {
          continue
        }
        scoped += 1
        const answer = await call(bare.api, method, url)
        expect({ route, status: answer.status }).toEqual({ route, status: 403 })
        expect(answer.data).toMatchObject({ code: "portal_scope_missing" })
      }
      expect(scoped).toBeGreaterThan(30)
      expect(await counts()).toEqual(before)
      expect((await bare.api.get(SESSION)).status).toBe(200)
    })
  },
})
