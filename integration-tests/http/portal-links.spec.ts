import {
  attackCase,
  countSql,
  exchange,
  expectError,
  makeLink,
  parallel,
  portalSession,
  portalTest,
  statuses,
  tokenOf,
  type HttpClient,
  type TestCustomer,
  type TestLink,
} from "../helpers"
import { ok } from "../helpers/http"
import { people, PORTAL_ELSEWHERE, sessionRow } from "./portal-links.support"

jest.setTimeout(240_000)

const SESSION = "/store/portal/session"
const PREVIEW = "/store/portal/sessions/preview"
const RECOVER = "/store/portal/sessions/recover"
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
    const flip = (segment: string) =>
      (segment.startsWith("A") ? "B" : "A") + segment.slice(1)

    it("opens once: link, preview, exchange, session", async () => {
      const created = await admin.post("/admin/portal/sessions", {
        customer_id: anna.id,
        impersonate: false,
        return_url: "https://shop.test/thanks?x=1",
        reference: "ticket 7",
      })
      expect(created.status).toBe(201)
      expect(created.headers.get("cache-control")).toBe("no-store")
      const { portal_session, url } = created.data as {
        portal_session: Record<string, unknown>
        url: string
      }
      expect(url).toMatch(/^https:\/\/shop\.test\/account\/access#t=ppl_1\./)
      expect(portal_session).toMatchObject({
        status: "pending",
        customer_id: anna.id,
        tenant_id: "default",
        created_via: "admin",
        reference: "ticket 7",
      })
      expect(JSON.stringify(portal_session)).not.toContain("hash")

      const preview = await app.store.post(PREVIEW, { token: tokenOf(url) })
      expect(preview.status).toBe(200)
      expect(preview.data).toMatchObject({
        link: { email: `c•••@shop.test`, tenant: { id: "default" } },
      })

      const opened = await exchange(app.store, tokenOf(url))
      expect(opened.status).toBe(201)
      expect(opened.data.token).toMatch(/^pss_[0-9A-Za-z]{43}$/)
      expect(opened.headers.get("cache-control")).toBe("no-store")

      const session = await app.store.as(opened.data.token).get(SESSION)
      expect(session.data).toMatchObject({
        portal_session: {
          id: portal_session.id,
          customer_id: anna.id,
          return_url: "https://shop.test/thanks?x=1",
          mfa_state: "none",
        },
        customer: { id: anna.id, email: anna.email, has_account: true },
      })
      // What the session opens.
      const list = await app.store.as(opened.data.token).get(SUBSCRIPTIONS)
      expect(list.status).toBe(200)
      // The address is shown once.
      const listed = await admin.get(
        `/admin/portal/sessions?customer_id=${anna.id}`
      )
      expect(listed.data).toMatchObject({
        count: 1,
        portal_sessions: [{ id: portal_session.id, status: "active" }],
      })
      expect(JSON.stringify(listed.data)).not.toMatch(/ppl_|pss_|hash/)
    })

    attackCase("link-redeem/1", async () => {
      const link = await makeLink(admin, anna.id)
      const { fulfilled } = await parallel(60, () =>
        exchange(app.store, link.token)
      )
      expect(statuses(fulfilled)).toEqual({ 201: 1, 410: 59 })
      const codes = fulfilled
        .filter(({ status }) => status === 410)
        .map(({ data }) => data.code)
      expect(new Set(codes)).toEqual(new Set(["portal_link_used"]))
      const rows = await app.db(
        "select id from portal_session where redeemed_at is not null and session_hash is not null"
      )
      expect(rows).toHaveLength(1)
    })

    attackCase("link-redeem/2", async () => {
      const link = await makeLink(admin, anna.id)
      await app.db(
        "update portal_session set link_expires_at = now() where id = ?",
        [link.id]
      )
      const refused = await exchange(app.store, link.token)
      const body = expectError(refused, 410, "portal_link_expired")
      expect(body.details).toEqual({ recoverable: false })
      expect(await rowOf(link.id)).toMatchObject({
        status: "pending",
        session_hash: null,
      })
      const mailed = await makeLink(admin, anna.id, {
        after_expiration: { recover_seconds: 3600 },
      })
      await app.db(
        "update portal_session set link_expires_at = now() where id = ?",
        [mailed.id]
      )
      expect(
        expectError(
          await exchange(app.store, mailed.token),
          410,
          "portal_link_expired"
        ).details
      ).toEqual({ recoverable: true })
    })

    attackCase("link-redeem/3", async () => {
      const link = await makeLink(admin, anna.id)
      const [version, kid, payload, mac] = link.token.split(".") as [
        string,
        string,
        string,
        string,
      ]
      const forged = [
        ["ppl_2", kid, payload, mac],
        [version, "x", payload, mac],
        [version, "__proto__", payload, mac],
        [version, "../../x", payload, mac],
        [version, kid, flip(payload), mac],
        [version, kid, payload, flip(mac)],
        [version, kid, payload, `${mac}=`],
        [version, kid, payload, mac, "x"],
      ].map((parts) => parts.join("."))
      const none = await countSql(() => app.store.get("/store/portal/nothing"))
      for (const token of forged) {
        const { result, statements } = await countSql(() =>
          exchange(app.store, token)
        )
        expect(expectError(result, 401, "portal_link_invalid")).toEqual({
          type: "unauthorized",
          code: "portal_link_invalid",
          message: "This link is not valid.",
        })
        // Medusa looks up the publishable key; the link is not looked up.
        expect(statements.filter((sql) => sql.includes("portal_"))).toEqual([])
        expect(statements.length).toBeLessThanOrEqual(none.count)
      }
      expect((await exchange(app.store, link.token)).status).toBe(201)
    })

    attackCase("link-redeem/4", async () => {
      const link = await makeLink(admin, anna.id)
      const [version, kid, payload = "", mac] = link.token.split(".")
      const claims = JSON.parse(
        Buffer.from(payload, "base64url").toString()
      ) as Record<string, unknown>
      for (const change of [{ c: bert.id }, { t: "other" }]) {
        const rewritten = Buffer.from(
          JSON.stringify({ ...claims, ...change })
        ).toString("base64url")
        expectError(
          await exchange(app.store, [version, kid, rewritten, mac].join(".")),
          401,
          "portal_link_invalid"
        )
      }
    })

    attackCase("link-redeem/5", async () => {
      const link = await makeLink(admin, anna.id)
      const session = await portalSession(app, admin, anna.id)
      expectError(
        await exchange(app.store, session.token),
        401,
        "portal_link_invalid"
      )
      expectError(
        await app.store.as(link.token).get(SESSION),
        401,
        "unauthorized"
      )
      expect((await exchange(app.store, link.token)).status).toBe(201)
    })

    attackCase("link-redeem/6", async () => {
      const link = await makeLink(admin, anna.id)
      const session = await portalSession(app, admin, anna.id)
      await app.db("update customer set deleted_at = now() where id = ?", [
        anna.id,
      ])
      expectError(
        await exchange(app.store, link.token),
        401,
        "portal_link_invalid"
      )
      expect(await rowOf(link.id)).toMatchObject({ status: "pending" })
      expectError(await session.api.get(SESSION), 401, "unauthorized")
    })

    attackCase("link-redeem/7", async () => {
      const links = []
      for (let n = 0; n < 50; n++) {
        links.push(await makeLink(admin, anna.id))
      }
      const [{ count } = { count: 0 }] = await app.db<{ count: number }>(
        "select count(*)::int as count from portal_session where status = 'pending'"
      )
      expect(count).toBe(10)
      expectError(
        await exchange(app.store, links[0]!.token),
        410,
        "portal_link_expired"
      )
      // The ten newest are independent of each other.
      expect((await exchange(app.store, links[40]!.token)).status).toBe(201)
      expect((await exchange(app.store, links[49]!.token)).status).toBe(201)
      // Only the newest of mailed links works.
      const mailed = []
      for (let n = 0; n < 2; n++) {
        mailed.push(
          ok(
            await admin.post<{ portal_session: { id: string } }>(
              "/admin/portal/sessions",
              { customer_id: bert.id, invalidate_existing: true }
            )
          ).portal_session.id
        )
      }
      expect(await rowOf(mailed[0]!)).toMatchObject({ status: "revoked" })
      expect(await rowOf(mailed[1]!)).toMatchObject({ status: "pending" })
    })

    attackCase("link-redeem/8", async () => {
      const bad = ["t1' OR '1'='1", 'x" UNION SELECT 1', "a\u0000b", "%"]
      for (const value of bad) {
        expectError(
          await admin.post("/admin/portal/sessions", {
            customer_id: value,
          }),
          400,
          "validation_failed"
        )
        expectError(
          await admin.post("/admin/portal/sessions", {
            customer_id: anna.id,
            tenant_id: value,
          }),
          400,
          "validation_failed"
        )
        expectError(
          await admin.get(
            `/admin/portal/sessions?customer_id=${encodeURIComponent(value)}`
          ),
          400,
          "validation_failed"
        )
        expectError(await exchange(app.store, value), 401)
      }
      expectError(
        await admin.post("/admin/portal/sessions", {
          customer_id: "cus_unknown",
        }),
        404,
        "not_found"
      )
      expect(await app.db("select id from portal_session")).toEqual([])
    })

    it("answers junk of any type with a 4xx and never consumes by GET", async () => {
      const link = await makeLink(admin, anna.id)
      for (const token of [null, 1, [], { $ne: null }, "x".repeat(1001)]) {
        expectError(await exchange(app.store, token), 400, "validation_failed")
      }
      const huge = await exchange(app.store, "x".repeat(200_000))
      expect([400, 413]).toContain(huge.status)
      const path = `/store/portal/sessions/exchange?token=${link.token}`
      expect((await app.store.get(path)).status).toBe(401)
      expect(await rowOf(link.id)).toMatchObject({ status: "pending" })
    })

    it("shows a link only so often, and never opens it by that", async () => {
      const link = await makeLink(admin, anna.id)
      const { fulfilled } = await parallel(50, () =>
        app.store.post(PREVIEW, { token: link.token })
      )
      expect(statuses(fulfilled)).toEqual({ 200: 5, 429: 45 })
      expect(await rowOf(link.id)).toMatchObject({ status: "pending" })
    })

    it("gives the same browser its answer again, and nobody else", async () => {
      const link = await makeLink(admin, anna.id)
      const nonce = "a".repeat(32)
      const first = ok(await exchange(app.store, link.token, { nonce }))
      const again = ok(await exchange(app.store, link.token, { nonce }))
      expect(again.portal_session.id).toBe(first.portal_session.id)
      expectError(
        await app.store.as(first.token).get(SESSION),
        401,
        "unauthorized"
      )
      expect((await app.store.as(again.token).get(SESSION)).status).toBe(200)
      for (const other of [{ nonce: "b".repeat(32) }, {}]) {
        expectError(
          await exchange(app.store, link.token, other),
          410,
          "portal_link_used"
        )
      }
      await app.db(
        "update portal_session set redeemed_at = now() - interval '61 seconds'"
      )
      expectError(
        await exchange(app.store, link.token, { nonce }),
        410,
        "portal_link_used"
      )
    })

    attackCase("concurrency/1", async () => {
      for (let round = 0; round < 5; round++) {
        const links: TestLink[] = []
        for (let n = 0; n < 8; n++) {
          links.push(await makeLink(admin, anna.id))
        }
        const opened = await parallel(9, (n) =>
          n === 4
            ? admin.post(`/admin/portal/customers/${anna.id}/revoke-sessions`)
            : exchange(app.store, links[n > 4 ? n - 1 : n]!.token)
        )
        expect(opened.rejected).toEqual([])
        const live = await app.db(
          `select id, status from portal_session
           where customer_id = ? and status in ('pending', 'active')`,
          [anna.id]
        )
        expect(live).toEqual([])
      }
    })

    it.each([
      ["*"],
      ["security:w"],
      ["security:write"],
      [],
      Array(1_000).fill("orders:r"),
    ])("makes no link for the scopes %#", async (...scopes) => {
      expectError(
        await admin.post("/admin/portal/sessions", {
          customer_id: anna.id,
          scopes: scopes.flat(),
        }),
        400,
        "validation_failed"
      )
    })

    attackCase("return-url/1", async () => {
      const make = (return_url: string) =>
        admin.post("/admin/portal/sessions", {
          customer_id: anna.id,
          return_url,
        })
      const redirect = "https://shop.test/login?next=https://evil.test"
      expect((await make(redirect)).status).toBe(201)
      for (const evil of [
        "//shop.test",
        "https:\\\\shop.test",
        "https://shop.test@evil.test",
        "https://shop.test.evil.test",
        "https://shop%2etest",
        "https://shop.test%00.evil.test",
        "https://ѕhop.test",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://shop.test",
        "https://shop.test:8443",
        "https://shop.test\n",
        " https://shop.test",
        "https://localhost",
        "https:/shop.test",
        "https:///shop.test",
      ]) {
        expectError(await make(evil), 400, "return_url_invalid")
      }
    })

    attackCase("admin-api/2", async () => {
      for (const field of ["redeem_ttl", "session_ttl"]) {
        for (const value of [-1, 0, 1e12, "600", 600.5, null, 86_401]) {
          expectError(
            await admin.post("/admin/portal/sessions", {
              customer_id: anna.id,
              [field]: value,
            }),
            400,
            "validation_failed"
          )
        }
      }
      expectError(
        await admin.post("/admin/portal/sessions", {
          customer_id: [anna.id],
        }),
        400,
        "validation_failed"
      )
      expect(await app.db("select id from portal_session")).toEqual([])
    })

    it("is made by admins and secret keys only", async () => {
      const session = await portalSession(app, admin, anna.id)
      const body = { customer_id: anna.id }
      const path = "/admin/portal/sessions"
      expect((await app.api.post(path, body)).status).toBe(401)
      expect((await app.store.post(path, body)).status).toBe(401)
      expect((await anna.api.post(path, body)).status).toBe(401)
      expect((await session.api.post(path, body)).status).toBe(401)
      const { api_key } = ok(
        await admin.post<{ api_key: { token: string } }>("/admin/api-keys", {
          title: "server",
          type: "secret",
        })
      )
      const server = app.api.with({
        authorization: `Basic ${Buffer.from(`${api_key.token}:`).toString("base64")}`,
      })
      const made = await server.post(path, body)
      expect(made.status).toBe(201)
      expect(made.data).toMatchObject({
        portal_session: { created_via: "api", impersonator_id: null },
      })
      expect((await app.api.as(api_key.token).post(path, body)).status).toBe(
        401
      )
    })

    it("mails a fresh link in place of an expired one, to the address on file", async () => {
      const link = await makeLink(admin, anna.id, {
        after_expiration: { recover_seconds: 3600 },
        return_url: "https://shop.test/back",
      })
      // Not while it can be opened.
      expectError(
        await app.store.post(RECOVER, { token: link.token }),
        410,
        "portal_link_expired"
      )
      await app.db(
        "update portal_session set link_expires_at = now() where id = ?",
        [link.id]
      )
      const recovered = await app.store.post(RECOVER, { token: link.token })
      expect(recovered.status).toBe(202)
      expect(JSON.stringify(recovered.data)).not.toMatch(/ppl_|pss_/)
      const rows = await app.db<{ created_via: string; return_url: string }>(
        "select created_via, return_url from portal_session where id <> ?",
        [link.id]
      )
      expect(rows).toEqual([
        { created_via: "recovery", return_url: "https://shop.test/back" },
      ])
    })

    attackCase("dos/1", async () => {
      const random = () =>
        `ppl_1.m.${"a".repeat(200)}.${Math.random().toString(36).repeat(4)}`
      const { statements } = await countSql(() =>
        parallel(200, () => exchange(app.store, random()))
      )
      expect(statements.filter((sql) => sql.includes("portal_"))).toEqual([])
      // Genuine ones are counted by the caller's address: `portal-login.spec.ts`
      // shows that limit.
      const session = await portalSession(app, admin, anna.id)
      expect((await session.api.get(SESSION)).status).toBe(200)
    })
  },
})
