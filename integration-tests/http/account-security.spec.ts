import {
  adminClient,
  attackCase,
  expectError,
  mailbox,
  parallel,
  portalTest,
  registerCustomer,
  signIn,
  statuses,
  waitForMail,
} from "../helpers"
import { ok } from "../helpers/http"
import {
  FIREFOX,
  LOGIN,
  ME,
  cookieOf,
  devices,
  minted,
  nextSecond,
  resetToken,
  sleep,
  timed,
  withCookie,
} from "./account-security.support"

jest.setTimeout(120_000)

portalTest({
  testSuite: (app) => {
    describe("sign-in by cookie", () => {
      attackCase("session/1", async () => {
        const clara = await registerCustomer(app)
        const answers = [
          await app.api.as(`pss_${"a".repeat(43)}`).post("/auth/session"),
          // Signed by the store, but not by a sign-in.
          await app.api.as(await minted(app, clara, {})).post("/auth/session"),
        ]
        for (const answer of answers) {
          expect(answer.status).toBe(401)
          expect(answer.headers.get("set-cookie")).toBeNull()
        }
      })

      attackCase("session/2", async () => {
        const clara = await registerCustomer(app)
        const token = await minted(app, clara, {
          expiresIn: "3s",
          auth_provider: "emailpass",
        })
        const answer = await app.api.as(token).post("/auth/session")
        expect(answer.status).toBe(200)
        const header = answer.headers.get("set-cookie") ?? ""
        const expires = /Expires=([^;]+)/.exec(header)?.[1] ?? ""
        expect(new Date(expires).getTime()).toBeLessThanOrEqual(
          Date.now() + 4000
        )
        const browser = withCookie(app, cookieOf(header))
        expect((await browser.get(ME)).status).toBe(200)
        await sleep(3200)
        expectError(await browser.get(ME), 401)
        expectError(await browser.post("/auth/token/refresh"), 401)
      })

      attackCase("session/7", async () => {
        const mallory = await registerCustomer(app)
        const fixed = cookieOf(
          (await mallory.api.post("/auth/session")).headers.get("set-cookie")
        )
        const victim = await registerCustomer(app)
        const login = await app.api
          .as(victim.token)
          .with({ cookie: fixed })
          .post("/auth/session")
        expect(login.status).toBe(200)
        const fresh = cookieOf(login.headers.get("set-cookie"))
        expect(fresh).not.toBe(fixed)
        expect((await withCookie(app, fixed).get(ME)).status).toBe(401)
        const me = await withCookie(app, fresh).get<{
          customer: { id: string }
        }>(ME)
        expect(me.data.customer.id).toBe(victim.id)
      })

      it("ends with a header that clears what the browser kept", async () => {
        const clara = await registerCustomer(app)
        const cookie = cookieOf(
          (await clara.api.post("/auth/session")).headers.get("set-cookie")
        )
        const browser = withCookie(app, cookie)
        const end = await browser.delete("/auth/session")
        expect(end.status).toBe(200)
        expect(end.headers.get("clear-site-data")).toContain("cache")
        expect((await browser.get(ME)).status).toBe(401)
        expect(await devices(app, clara.id, "cookie")).toEqual([
          expect.objectContaining({ is_revoked: true }),
        ])
      })
    })

    describe("revocation", () => {
      attackCase("session/8", async () => {
        const clara = await registerCustomer(app)
        // Early in a second, so that all of it happens within one.
        await nextSecond()
        const old = await signIn(app, "customer", clara)
        const done = await app.store
          .as(old)
          .delete("/store/portal/security/sessions")
        expect(done.status).toBe(200)
        const again = await app.api.post<{ token: string }>(LOGIN, clara)
        expect(again.status).toBe(200)
        const fresh = app.store.as(again.data.token)
        for (const path of [ME, "/store/orders"]) {
          expectError(await app.store.as(old).get(path), 401, "session_revoked")
          expect((await fresh.get(path)).status).toBe(200)
        }
        expect((await fresh.post("/auth/token/refresh")).status).toBe(200)
        for (const path of ["/auth/token/refresh", "/auth/session"]) {
          expectError(await app.api.as(old).post(path), 401, "session_revoked")
        }
      })

      it("ends a token and a cookie on core's routes after a reset", async () => {
        const clara = await registerCustomer(app)
        const cookie = cookieOf(
          (await clara.api.post("/auth/session")).headers.get("set-cookie")
        )
        const browser = withCookie(app, cookie)
        expect((await browser.get(ME)).status).toBe(200)
        const token = await resetToken(app, clara.email)
        const reset = await app.api
          .as(token)
          .post(`${LOGIN}/update`, { password: "a new long password" })
        expect(reset.status).toBe(200)

        expectError(await clara.api.get(ME), 401, "session_revoked")
        expectError(
          await app.api.as(clara.token).get("/auth/mfa/factors"),
          401,
          "session_revoked"
        )
        const dead = await browser.get(ME)
        expectError(dead, 401, "session_revoked")
        expect((await browser.post("/auth/token/refresh")).status).toBe(401)
        expect((await app.api.post(LOGIN, clara)).status).toBe(401)
        const login = await browser.post<{ token: string }>(LOGIN, {
          email: clara.email,
          password: "a new long password",
        })
        expect(login.status).toBe(200)
        expect((await app.store.as(login.data.token).get(ME)).status).toBe(200)
        await waitForMail({ to: clara.email, template: "password-changed" })
      })

      it("lets a reset token be used once, of thirty at once", async () => {
        const clara = await registerCustomer(app)
        const token = await resetToken(app, clara.email)
        const { fulfilled, rejected } = await parallel(30, (n) =>
          app.api
            .as(token)
            .post(`${LOGIN}/update`, { password: `new password ${n}` })
        )
        expect(rejected).toEqual([])
        expect(statuses(fulfilled)).toEqual({ 200: 1, 401: 29 })
        const again = await app.api
          .as(token)
          .post(`${LOGIN}/update`, { password: "yet another one" })
        expect(again.status).toBe(401)
      })

      it("refuses a weak password without using the link up", async () => {
        const clara = await registerCustomer(app)
        const token = await resetToken(app, clara.email)
        const weak = await app.api
          .as(token)
          .post(`${LOGIN}/update`, { password: "password" })
        expectError(weak, 400, "password_too_weak")
        const good = await app.api
          .as(token)
          .post(`${LOGIN}/update`, { password: "a much better one" })
        expect(good.status).toBe(200)
      })

      it("lists sign-ins and ends one of them", async () => {
        const clara = await registerCustomer(app)
        await nextSecond()
        const phone = await app.api
          .with({ "user-agent": FIREFOX })
          .post<{ token: string }>(LOGIN, clara)
        const mail = await waitForMail({
          to: clara.email,
          template: "new-sign-in",
        })
        expect(mail.content?.text).toContain("Firefox on Linux")
        const rows = await devices(app, clara.id, "jwt")
        expect(rows).toHaveLength(2)
        await app
          .container()
          .resolve<{
            revokeSignIn(input: object): Promise<string | null>
          }>("portal_session")
          .revokeSignIn({
            customer_id: clara.id,
            id: rows.find((row) => row.device_label === "Firefox on Linux")?.id,
          })
        expectError(
          await app.store.as(phone.data.token).get(ME),
          401,
          "session_revoked"
        )
        expect((await clara.api.get(ME)).status).toBe(200)
      })
    })

    describe("guessing", () => {
      it("throttles wrong passwords, exactly, and lets the right one in", async () => {
        const clara = await registerCustomer(app)
        const other = await registerCustomer(app)
        const { fulfilled } = await parallel(60, () =>
          app.api.post<{ retry_after?: number }>(LOGIN, {
            email: clara.email,
            password: "wrong",
          })
        )
        expect(statuses(fulfilled)).toEqual({ 401: 10, 429: 50 })
        const refused = fulfilled.find(({ status }) => status === 429)
        expect(refused?.data.retry_after).toBeGreaterThan(0)
        expectError(await app.api.post(LOGIN, clara), 429, "rate_limited")
        // Whoever writes the address in another way is the same.
        expectError(
          await app.api.post("/AUTH/customer/emailp%61ss/", {
            email: clara.email.toUpperCase(),
            password: "wrong",
          }),
          429,
          "rate_limited"
        )
        // And so is who tries it at the admins' door.
        expectError(
          await app.api.post("/auth/user/emailpass", {
            email: clara.email,
            password: "wrong",
          }),
          429,
          "rate_limited"
        )
        // From elsewhere another customer gets in as always.
        const elsewhere = app.api.with({ "x-forwarded-for": "198.51.100.7" })
        expect((await elsewhere.post(LOGIN, other)).status).toBe(200)
        const admin = await adminClient(app)
        expect((await admin.get("/admin/users/me")).status).toBe(200)
      })

      it("does not count what was right", async () => {
        const clara = await registerCustomer(app)
        for (let n = 0; n < 12; n += 1) {
          expect((await app.api.post(LOGIN, clara)).status).toBe(200)
        }
      })

      it("takes as long for an unknown address as for a known one", async () => {
        const clara = await registerCustomer(app)
        const known: number[] = []
        const unknown: number[] = []
        for (let n = 0; n < 8; n += 1) {
          known.push(
            await timed(() =>
              app.api.post(LOGIN, { email: clara.email, password: "wrong" })
            )
          )
          unknown.push(
            await timed(() =>
              app.api.post(LOGIN, {
                email: `nobody-${n}@shop.test`,
                password: "wrong",
              })
            )
          )
        }
        expect(Math.min(...known, ...unknown)).toBeGreaterThanOrEqual(245)
        // The ranges overlap: no bound lies between them.
        expect(Math.min(...known)).toBeLessThan(Math.max(...unknown))
        expect(Math.min(...unknown)).toBeLessThan(Math.max(...known))
      })

      it("counts an admin's failures nowhere", async () => {
        const { email } = app.seed.admin
        for (let n = 0; n < 12; n += 1) {
          const answer = await app.api.post("/auth/user/emailpass", {
            email,
            password: "wrong",
          })
          expect(answer.status).toBe(401)
        }
        await signIn(app, "user", app.seed.admin)
      })
    })

    describe("registration", () => {
      it("refuses weak passwords and what is no address", async () => {
        const register = (email: unknown, password: unknown) =>
          app.api.post(`${LOGIN}/register`, { email, password })
        for (const password of [
          "short77",
          "password",
          "PassWord",
          "aaaaaaaaaaaa",
          "x".repeat(257),
          "x".repeat(2000),
        ]) {
          expectError(
            await register("new@shop.test", password),
            400,
            "password_too_weak"
          )
        }
        for (const email of [
          "no address",
          "a@b.test, c@d.test",
          "a@b.test\r\nBcc: x@y.test",
          `${"a".repeat(300)}@b.test`,
        ]) {
          expectError(
            await register(email, "a good password"),
            400,
            "email_invalid"
          )
        }
        const odd = [
          "  spaces at both ends  ",
          "пароль из слов",
          "x1".repeat(40),
        ]
        for (const [n, password] of odd.entries()) {
          const email = `odd-${n}@shop.test`
          expect((await register(email, password)).status).toBe(200)
          expect((await app.api.post(LOGIN, { email, password })).status).toBe(
            200
          )
          expect(
            (await app.api.post(LOGIN, { email, password: password.trim() }))
              .status
          ).toBe(password === password.trim() ? 200 : 401)
        }
      })

      it("takes an address once, whatever its case", async () => {
        const clara = await registerCustomer(app, { email: "Clara@Shop.test" })
        expect((await clara.api.get(ME)).status).toBe(200)
        for (const email of ["clara@shop.test", "CLARA@shop.test"]) {
          expectError(
            await app.api.post(`${LOGIN}/register`, {
              email,
              password: "another password",
            }),
            400,
            "registration_refused"
          )
          expect((await app.api.post(LOGIN, { ...clara, email })).status).toBe(
            200
          )
        }
        const rows = await app.db(
          "select entity_id from provider_identity where lower(entity_id) = ?",
          ["clara@shop.test"]
        )
        expect(rows).toEqual([{ entity_id: "clara@shop.test" }])
      })

      it("makes no account of somebody else's address", async () => {
        const registration = ok(
          await app.api.post<{ token: string }>(`${LOGIN}/register`, {
            email: "mallory@shop.test",
            password: "mallory's password",
          })
        )
        const create = (email: string) =>
          app.store.as(registration.token).post("/store/customers", { email })
        expectError(
          await create("victim@shop.test"),
          400,
          "account_email_mismatch"
        )
        expect((await create("Mallory@shop.test")).status).toBe(200)
        const rows = await app.db<{ email: string }>(
          "select email from customer where email like '%@shop.test'"
        )
        expect(rows.map(({ email }) => email)).not.toContain("victim@shop.test")
      })
    })

    describe("verification of an address", () => {
      attackCase("account/3", async () => {
        const clara = await registerCustomer(app)
        const ask = (entity_id: string) =>
          clara.api.post<{ verification: Record<string, unknown> }>(
            "/auth/verification/request",
            {
              entity_id,
              entity_type: "email",
              metadata: { url: "https://evil.example" },
            }
          )
        expectError(await ask("victim@shop.test"), 400, "entity_not_own")
        const own = await ask(clara.email)
        expect(own.status).toBe(201)
        expect(JSON.stringify(own.data)).not.toContain("token_hash")
        const mail = await waitForMail({
          to: clara.email,
          template: "email-verification",
        })
        expect(JSON.stringify(mail)).not.toContain("evil.example")
        const { fulfilled } = await parallel(50, () => ask("victim@shop.test"))
        expect(statuses(fulfilled)[400] ?? 0).toBeLessThanOrEqual(3)
        expect(statuses(fulfilled)[429]).toBeGreaterThanOrEqual(47)
        expect(mailbox({ to: "victim@shop.test" })).toEqual([])
      })

      attackCase("account/4", async () => {
        const clara = await registerCustomer(app)
        const mallory = await registerCustomer(app)
        await clara.api.post("/auth/verification/request", {
          entity_id: clara.email,
          entity_type: "email",
        })
        const mail = await waitForMail({
          to: clara.email,
          template: "email-verification",
        })
        const code = /#code=([\w-]+)/.exec(mail.content?.html ?? "")?.[1]
        const confirmed = await mallory.api.post("/auth/verification/confirm", {
          code,
        })
        expect(confirmed.status).toBe(200)
        const rows = await app.db(
          "select customer_id, verified_email from portal_security_state where verified_email is not null"
        )
        expect(rows).toEqual([
          { customer_id: clara.id, verified_email: clara.email },
        ])
      })
    })

    attackCase("return-url/3", async () => {
      const clara = await registerCustomer(app)
      const answer = await app.api
        .with({
          host: "evil.example",
          "x-forwarded-host": "evil.example",
          origin: "https://evil.example",
        })
        .post(`${LOGIN}/reset-password`, {
          identifier: clara.email,
          metadata: { url: "https://evil.example", redirect: "//evil.example" },
        })
      expect(answer.status).toBe(201)
      const mail = await waitForMail({
        to: clara.email,
        template: "password-reset",
      })
      expect(mail.content?.html).toContain(
        "http://localhost:9000/portal/reset-password#token="
      )
      expect(JSON.stringify(mail)).not.toContain("evil.example")
    })

    it("mails a forgotten password to one address only so often", async () => {
      const clara = await registerCustomer(app)
      const { fulfilled } = await parallel(10, () =>
        app.api.post(`${LOGIN}/reset-password`, { identifier: clara.email })
      )
      // Whoever asks does not learn that it was too often.
      expect(statuses(fulfilled)).toEqual({ 201: 10 })
      await waitForMail({ to: clara.email, template: "password-reset" })
      await sleep(1000)
      expect(
        mailbox({ to: clara.email, template: "password-reset" }).length
      ).toBeLessThanOrEqual(3)
    })
  },
})
