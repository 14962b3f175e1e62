import {
  adminClient,
  attackCase,
  exchange,
  expectError,
  mailsTo,
  makeLink,
  parallel,
  portalTest,
  readLoginMail,
  registerCustomer,
  settledLogin,
  statuses,
  textOf,
  waitForMail,
  type HttpClient,
  type Json,
  type TestCustomer,
} from "../helpers"
import { ok } from "../helpers/http"

jest.setTimeout(240_000)

const LOGIN = "/store/portal/login-requests"
const SESSION = "/store/portal/session"
const WRONG = "00000000"

portalTest({
  options: {
    portalUrl: "https://shop.test/account",
    returnOrigins: ["https://shop.test"],
    branding: { name: "Test Shop" },
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient
    let address = 0

    beforeAll(async () => {
      anna = await registerCustomer(app)
      admin = await adminClient(app)
    })

    /** A storefront's call from an address of the network of its own. */
    const from = (ip = `198.51.100.${++address % 250}`) =>
      app.store.with({ "x-forwarded-for": ip })

    const ask = async (email: string, client = from(), body: Json = {}) =>
      ok(
        await client.post<{
          login_request: { id: string; expires_in: number }
        }>(LOGIN, { email, ...body })
      ).login_request

    const signInMail = async (email = anna.email) => {
      const request = await ask(email)
      await settledLogin(app, request.id)
      return {
        ...request,
        // The mail of this very request: the newest.
        ...readLoginMail(await waitForMail({ to: email })),
      }
    }
    const verify = (id: string, code: string, client = from()) =>
      client.post<{ token: string } & Json>(`${LOGIN}/${id}/verify`, { code })

    /** A customer without an account, as a guest's checkout makes one. */
    const guest = async (email: string) => {
      const service = app.container().resolve("customer")
      return await service.createCustomers({ email, has_account: false })
    }

    it("signs in by the button of the mail, and by nothing twice", async () => {
      const mail = await signInMail()
      const [sent] = mailsTo(anna.email)
      expect(sent?.template).toBe("portal-login")
      expect(textOf(sent!)).toContain(
        "https://shop.test/account/access#t=ppl_1."
      )
      const opened = await exchange(app.store, mail.token)
      expect(opened.status).toBe(201)
      const session = await app.store.as(opened.data.token).get(SESSION)
      expect(session.data).toMatchObject({
        customer: { id: anna.id, email: anna.email },
      })
      // The code of the same mail is used up with the link.
      expectError(await verify(mail.id, mail.code), 410, "login_code_expired")
    })

    it("signs in by the code, in the browser that asked", async () => {
      const mail = await signInMail()
      const other = await ask("other@shop.test")
      // Bound to its request.
      expectError(await verify(other.id, mail.code), 401, "login_code_invalid")
      expectError(await verify("plreq_unknown", mail.code), 404, "not_found")
      const opened = ok(
        await verify(mail.id, ` ${mail.code.toLowerCase().replace("-", " ")} `)
      )
      const session = await app.store.as(opened.token).get(SESSION)
      expect(session.data).toMatchObject({ customer: { id: anna.id } })
      expectError(await verify(mail.id, mail.code), 410, "login_code_expired")
      expectError(
        await exchange(app.store, mail.token),
        410,
        "portal_link_used"
      )
    })

    it("gives 60 at once with the right code one session", async () => {
      const mail = await signInMail()
      await app.db(
        "update portal_login_request set attempts = -100 where id = ?",
        [mail.id]
      )
      const { fulfilled } = await parallel(60, (n) =>
        verify(mail.id, mail.code, from(`192.0.2.${n}`))
      )
      expect(statuses(fulfilled)).toEqual({ 201: 1, 410: 59 })
    })

    it("evaluates five of 40 wrong codes at once", async () => {
      const mail = await signInMail()
      const { fulfilled } = await parallel(40, (n) =>
        verify(mail.id, WRONG, from(`192.0.2.${n}`))
      )
      expect(statuses(fulfilled)).toEqual({ 401: 5, 410: 35 })
      expectError(await verify(mail.id, mail.code), 410, "login_code_expired")
    })

    it("limits the codes that one address of the network tries", async () => {
      const requests = await Promise.all(
        Array.from({ length: 5 }, (_, n) => ask(`x${n}@shop.test`))
      )
      const client = from("192.0.2.77")
      const { fulfilled } = await parallel(25, (n) =>
        verify(requests[n % 5]!.id, WRONG, client)
      )
      expect(statuses(fulfilled)).toEqual({ 401: 20, 429: 5 })
    })

    attackCase("login-request/1", async () => {
      const ghost = await registerCustomer(app)
      await app.db("update customer set deleted_at = now() where id = ?", [
        ghost.id,
      ])
      await guest("guest@shop.test")
      const addresses = [
        anna.email,
        "guest@shop.test",
        "unknown@shop.test",
        ghost.email,
      ]
      const times = new Map<string, number[]>()
      for (let round = 0; round < 30; round++) {
        for (const email of addresses) {
          const started = process.hrtime.bigint()
          const answer = await from().post<Json>(LOGIN, { email })
          const ms = Number(process.hrtime.bigint() - started) / 1e6
          times.set(email, [...(times.get(email) ?? []), ms])
          expect(answer.status).toBe(202)
          expect(answer.data).toEqual({
            login_request: {
              id: expect.stringMatching(/^plreq_/) as string,
              expires_in: 600,
            },
          })
        }
      }
      // The ranges overlap: the fastest of each is within the others' range.
      const ranges = [...times.values()].map((all) => {
        const sorted = [...all].sort((a, b) => a - b)
        return { low: sorted[2]!, high: sorted[27]! }
      })
      for (const a of ranges) {
        for (const b of ranges) {
          expect(a.low).toBeLessThan(b.high)
        }
      }
    })

    attackCase("login-request/2", async () => {
      const requests = []
      for (let n = 0; n < 200; n++) {
        requests.push(await ask(anna.email, from(`203.0.113.${n}`)))
      }
      for (const { id } of requests.slice(-5)) {
        await settledLogin(app, id)
      }
      expect(mailsTo(anna.email)).toHaveLength(3)
      const [{ count } = { count: 0 }] = await app.db<{ count: number }>(
        `select count(*)::int as count from portal_event
         where type = 'login_mail_suppressed' and data->>'reason' = 'rate_limited'`
      )
      expect(count).toBe(197)
    })

    attackCase("login-request/3", async () => {
      const client = from("203.0.113.250")
      const { fulfilled } = await parallel(200, (n) =>
        client.post<Json>(LOGIN, { email: `victim-${n}@shop.test` })
      )
      expect(statuses(fulfilled)).toEqual({ 202: 20, 429: 180 })
      const refused = fulfilled.find(({ status }) => status === 429)!
      expect(refused.data).toMatchObject({
        code: "rate_limited",
        retry_after: expect.any(Number) as number,
      })
      expect(refused.headers.get("retry-after")).toBe(
        String(refused.data.retry_after)
      )
      // What the caller itself writes into the header changes nothing.
      const spoofed = app.store.with({
        "x-forwarded-for": "6.6.6.6, 203.0.113.250",
      })
      expect((await spoofed.post(LOGIN, { email: anna.email })).status).toBe(
        429
      )
    })

    attackCase("login-request/4", async () => {
      await guest("Mixed@Shop.Test")
      for (const typed of [
        "mixed@shop.test",
        "MIXED@SHOP.TEST",
        "  mixed@shop.test ",
      ]) {
        const { id } = await ask(typed)
        expect(await settledLogin(app, id)).toMatchObject({
          suppressed_reason: null,
        })
      }
      // Three mails, each to the stored address.
      expect(mailsTo("Mixed@Shop.Test")).toHaveLength(3)
      for (const other of ["mixed+tag@shop.test", "m_xed@shop.test"]) {
        const { id } = await ask(other)
        expect(await settledLogin(app, id)).toMatchObject({
          suppressed_reason: "unknown",
        })
      }
      for (const email of [
        "mixed@shop.test.",
        "mixed＠shop.test",
        "mіxed@shop.test",
        "mixed@shop.test\r\nBcc: v@shop.test",
        "mixed@shop.test,v@shop.test",
        ["mixed@shop.test"],
        `${"x".repeat(320)}@shop.test`,
        "",
        null,
        { $ne: null },
      ]) {
        const answer = await from().post(LOGIN, { email })
        expect([202, 400]).toContain(answer.status)
      }
      expect(mailsTo("Mixed@Shop.Test")).toHaveLength(3)
      expect(mailsTo("v@shop.test")).toHaveLength(0)
    })

    attackCase("login-request/5", async () => {
      const mail = await signInMail()
      const secrets = [mail.token, mail.code, mail.code.replace("-", "")]
      const tables = await app.db<{ name: string }>(
        "select table_name as name from information_schema.tables where table_schema = 'public'"
      )
      for (const { name } of tables) {
        const [row] = await app.db<{ found: boolean }>(
          `select exists (select 1 from "${name}" t
             where t::text like any(?::text[])) as found`,
          [secrets.map((secret) => `%${secret}%`)]
        )
        expect({ name, found: row?.found }).toEqual({ name, found: false })
      }
      const listed = await admin.get("/admin/notifications")
      expect(listed.status).toBe(200)
      for (const secret of secrets) {
        expect(JSON.stringify(listed.data)).not.toContain(secret)
      }
      const sent = mailsTo(anna.email).at(-1)!
      expect(JSON.stringify(sent.data ?? {})).not.toMatch(/https?:|ppl_/)
    })

    attackCase("login-request/6", async () => {
      await guest(anna.email)
      const mail = await signInMail()
      expect(mailsTo(anna.email)).toHaveLength(1)
      const opened = ok(await exchange(app.store, mail.token))
      const session = await app.store.as(opened.token).get(SESSION)
      expect(session.data).toMatchObject({
        customer: { id: anna.id, has_account: true },
      })
    })

    attackCase("return-url/2", async () => {
      const client = from().with({
        "x-forwarded-host": "evil.example",
        origin: "https://evil.example",
        referer: "https://evil.example/",
      })
      const { id } = await ask(anna.email, client)
      await settledLogin(app, id)
      const mail = await waitForMail({ to: anna.email })
      expect(JSON.stringify(mail.content)).not.toContain("evil.example")
      expect(textOf(mail)).toContain("https://shop.test/account/access#t=")
    })

    it("keeps only the newest mail's link open", async () => {
      const first = await signInMail()
      const second = await signInMail()
      expectError(
        await exchange(app.store, first.token),
        410,
        "portal_link_expired"
      )
      expect((await exchange(app.store, second.token)).status).toBe(201)
    })

    it("sends one mail for an event that comes twice", async () => {
      const { id } = await signInMail()
      await app
        .container()
        .resolve("event_bus")
        .emit({ name: "portal.login.requested", data: { id } })
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(mailsTo(anna.email)).toHaveLength(1)
    })

    it("forgets the typed address", async () => {
      const { id } = await ask("nobody@shop.test")
      await settledLogin(app, id)
      const rows = await app.db(
        "select email, ip from portal_login_request where id = ?",
        [id]
      )
      expect(rows).toMatchObject([{ email: null }])
    })

    it("lets a guest in, with an account or not", async () => {
      const { id } = await guest("guest@shop.test")
      const mail = await signInMail("guest@shop.test")
      const opened = ok(await exchange(app.store, mail.token))
      const session = await app.store.as(opened.token).get(SESSION)
      expect(session.data).toMatchObject({
        customer: { id, has_account: false },
      })
      // Nothing of that opens core's routes.
      const me = await app.store.as(opened.token).get("/store/customers/me")
      expect(me.status).toBe(401)
    })

    it("refuses a return address that is not listed", async () => {
      expectError(
        await from().post(LOGIN, {
          email: anna.email,
          return_url: "https://evil.test",
        }),
        400,
        "return_url_invalid"
      )
    })

    attackCase("recovery/1", async () => {
      const link = await makeLink(admin, anna.id, {
        after_expiration: { recover_seconds: 3600 },
      })
      await app.db(
        "update portal_session set link_expires_at = now() where id = ?",
        [link.id]
      )
      const path = "/store/portal/sessions/recover"
      const { fulfilled } = await parallel(100, () =>
        app.store.post<Json>(path, { token: link.token })
      )
      expect(statuses(fulfilled)).toEqual({ 202: 100 })
      expect(JSON.stringify(fulfilled.map(({ data }) => data))).not.toMatch(
        /pss_|ppl_/
      )
      expect(mailsTo(anna.email)).toHaveLength(3)
      expectError(
        await app.store.post(path, { token: `${link.token}x` }),
        401,
        "portal_link_invalid"
      )
      await app.db("update portal_session set recover_until = now()")
      expectError(
        await app.store.post(path, { token: link.token }),
        410,
        "portal_link_expired"
      )
      expect(mailsTo(anna.email)).toHaveLength(3)
    })

    it("counts the callers of one IPv6 network as one", async () => {
      const email = "nobody@shop.test"
      const { fulfilled } = await parallel(25, (n) =>
        from(`2001:db8:1:2::${n.toString(16)}`).post(LOGIN, { email })
      )
      expect(statuses(fulfilled)).toEqual({ 202: 20, 429: 5 })
      const neighbour = from("2001:db8:1:3::1")
      expect((await neighbour.post(LOGIN, { email })).status).toBe(202)
    })

    it("lets exactly the limit of links be opened from one address at once", async () => {
      const link = await makeLink(admin, anna.id)
      const { fulfilled } = await parallel(50, () =>
        exchange(from("203.0.113.99"), link.token)
      )
      expect(statuses(fulfilled)).toEqual({ 201: 1, 410: 29, 429: 20 })
    })
  },
})
