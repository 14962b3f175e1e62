import { generateTotpCode } from "@medusajs/auth/dist/utils/totp"
import { Modules } from "@medusajs/framework/utils"
import {
  adminClient,
  attackCase,
  countSql,
  emptyMailbox,
  expectError,
  mailbox,
  parallel,
  portalTest,
  registerCustomer,
  statuses,
  waitForMail,
  type PortalTestApp,
} from "../helpers"
import { ok } from "../helpers/http"
import {
  exchange,
  mailSession,
  makeLink,
  portalSession,
  steppedUp,
} from "../helpers/portal"
import { hasSecondFactor } from "../../src/workflows/account-security/mfa"
import {
  askForAddress,
  confirmAddress,
  emailOf,
  FIREFOX,
  LOGIN,
  ME,
} from "./account-security.support"

jest.setTimeout(180_000)

const SECURITY = "/store/portal/security"

type Sessions = { sessions: { id: string; kind: string }[] }
type Security = {
  security: {
    has_account: boolean
    has_password: boolean
    email_verified: boolean
    mfa: { enabled: boolean; recovery_codes_left: number }
  }
}

portalTest({
  testSuite: (app) => {
    describe("password", () => {
      attackCase("account/1", async () => {
        const clara = await registerCustomer(app)
        const update = jest.spyOn(
          app.container().resolve(Modules.AUTH),
          "updateProvider"
        )
        const change = (current_password: string, new_password: string) =>
          clara.api.post<{ details?: { reason?: string } }>(
            `${SECURITY}/password`,
            { current_password, new_password }
          )
        const weak = [
          ["seven77", "too_short"],
          ["password", "too_common"],
          [clara.email, "too_common"],
          ["x1".repeat(129), "too_long"],
        ] as const
        for (const [password, reason] of weak) {
          const answer = await change(clara.password, password)
          expectError(answer, 400, "password_too_weak")
          expect(answer.data.details?.reason).toBe(reason)
        }
        const huge = await change(clara.password, "x".repeat(1_000_000))
        expect([400, 413]).toContain(huge.status)
        expect(update).not.toHaveBeenCalled()
        update.mockRestore()
        for (let n = 0; n < 10; n += 1) {
          expectError(
            await change("not it", "a good password"),
            400,
            "password_wrong"
          )
        }
        const over = await change(clara.password, "a good password")
        expectError(over, 429, "rate_limited")
        expect((await app.api.post(LOGIN, clara)).status).toBe(200)
      })

      it("changes, keeps spaces, and ends what else was signed in", async () => {
        const clara = await registerCustomer(app)
        const admin = await adminClient(app)
        const session = await portalSession(app, admin, clara.id)
        const other = await portalSession(app, admin, clara.id)
        expectError(
          await session.api.post(`${SECURITY}/password`, {
            current_password: clara.password,
            new_password: "anything good",
          }),
          403,
          "step_up_required"
        )
        const proven = await steppedUp(app, session.api, {
          password: clara.password,
        })
        const new_password = ` ${"пароль ".repeat(10)} `
        const done = await proven.post(`${SECURITY}/password`, {
          current_password: clara.password,
          new_password,
        })
        expect(done.status).toBe(200)
        await waitForMail({ to: clara.email, template: "password-changed" })
        expect((await proven.get(SECURITY)).status).toBe(200)
        expectError(await other.api.get(SECURITY), 401, "session_revoked")
        expectError(await clara.api.get(ME), 401, "session_revoked")
        expect((await app.api.post(LOGIN, clara)).status).toBe(401)
        const login = (password: string) =>
          app.api.post(LOGIN, { email: clara.email, password })
        expect((await login(new_password.trim())).status).toBe(401)
        expect((await login(new_password)).status).toBe(200)
      })

      attackCase("account/2", async () => {
        const clara = await registerCustomer(app)
        const before = await clara.api.get<Security>(SECURITY)
        ok(
          await clara.api.post(ME, {
            metadata: {
              role: "owner",
              email_verified: true,
              stripe_customer_id: "cus_x",
              portal_tenant: "b",
            },
          })
        )
        const after = await clara.api.get<Security>(SECURITY)
        expect(after.data).toEqual(before.data)
        expect(after.data.security.email_verified).toBe(false)
      })
    })

    describe("list of sign-ins", () => {
      it("shows and ends Medusa's own beside portal sessions", async () => {
        const clara = await registerCustomer(app)
        const mallory = await registerCustomer(app)
        const admin = await adminClient(app)
        const session = await portalSession(app, admin, clara.id)
        const { token } = ok(
          await app.api
            .with({ "user-agent": FIREFOX })
            .post<{ token: string }>(LOGIN, clara)
        )
        const { sessions } = ok(
          await session.api.get<Sessions>(`${SECURITY}/sessions`)
        )
        expect(sessions.map(({ kind }) => kind).sort()).toEqual([
          "jwt",
          "jwt",
          "portal",
        ])
        const [newest] = sessions
        const path = `${SECURITY}/sessions/${newest?.id}`
        expectError(await mallory.api.delete(path), 404, "not_found")
        expect((await app.store.as(token).get(ME)).status).toBe(200)
        expect((await session.api.delete(path)).status).toBe(200)
        expectError(await app.store.as(token).get(ME), 401, "session_revoked")
        expect((await clara.api.get(ME)).status).toBe(200)
      })
    })

    describe("change of address", () => {
      it("moves everything after both mailboxes answered", async () => {
        const clara = await registerCustomer(app)
        const admin = await adminClient(app)
        const session = await portalSession(app, admin, clara.id)
        const link = await makeLink(admin, clara.id)
        const email = "clara.new@shop.test"
        const codes = await askForAddress(clara, email)
        expectError(
          await confirmAddress(session.api, "new", "00000000"),
          400,
          "email_change_invalid"
        )
        const first = await confirmAddress(session.api, "old", codes.old)
        expect(first.data).toEqual({
          email_change: {
            status: "pending",
            confirmed: { old: true, new: false },
          },
        })
        expect(await emailOf(app, clara.id)).toBe(clara.email)
        // The code of one mailbox is not the other's.
        expectError(
          await confirmAddress(session.api, "new", codes.old),
          400,
          "email_change_invalid"
        )
        const second = await confirmAddress(session.api, "new", codes.new)
        expect(second.data).toMatchObject({
          email_change: { status: "applied" },
        })
        expect(await emailOf(app, clara.id)).toBe(email)
        for (const to of [clara.email, email]) {
          await waitForMail({ to, template: "email-changed" })
        }
        expect((await session.api.get(SECURITY)).status).toBe(200)
        expectError(await clara.api.get(ME), 401, "session_revoked")
        expectError(await exchange(app.store, link.token), 410)
        expect((await app.api.post(LOGIN, clara)).status).toBe(401)
        expect((await app.api.post(LOGIN, { ...clara, email })).status).toBe(
          200
        )
      })

      attackCase("recovery/2", async () => {
        const clara = await registerCustomer(app)
        const admin = await adminClient(app)
        const link = await makeLink(admin, clara.id, {
          after_expiration: { recover_seconds: 3600 },
        })
        const email = "moved@shop.test"
        const codes = await askForAddress(clara, email)
        ok(await confirmAddress(clara.api, "old", codes.old))
        ok(await confirmAddress(clara.api, "new", codes.new))
        emptyMailbox()
        const [row] = await app.db<{ status: string }>(
          "select status from portal_session where id = ?",
          [link.id]
        )
        expect(row?.status).toBe("revoked")
        await app.store.post("/store/portal/sessions/recover", {
          token: link.token,
        })
        await new Promise((resolve) => setTimeout(resolve, 1500))
        expect(
          mailbox({ to: clara.email }).filter(({ template }) =>
            template?.startsWith("portal-")
          )
        ).toEqual([])
      })

      it("lets one of two have an address, and leaves the other whole", async () => {
        const people = [
          await registerCustomer(app),
          await registerCustomer(app),
        ]
        const email = "wanted@shop.test"
        const codes: { old: string; new: string }[] = []
        for (const person of people) {
          codes.push(await askForAddress(person, email))
        }
        for (const [n, person] of people.entries()) {
          ok(await confirmAddress(person.api, "old", codes[n]?.old ?? ""))
        }
        const { fulfilled } = await parallel(2, (n) =>
          confirmAddress(
            people[n]?.api ?? app.store,
            "new",
            codes[n]?.new ?? ""
          )
        )
        expect(statuses(fulfilled)).toEqual({ 200: 1, 422: 1 })
        for (const [n, person] of people.entries()) {
          const won = fulfilled[n]?.status === 200
          const now = won ? email : person.email
          expect(await emailOf(app, person.id)).toBe(now)
          expect(
            (await app.api.post(LOGIN, { ...person, email: now })).status
          ).toBe(200)
        }
      })

      it("looks at five codes of forty", async () => {
        const clara = await registerCustomer(app)
        const codes = await askForAddress(clara, "else@shop.test")
        const { fulfilled } = await parallel(40, () =>
          confirmAddress(clara.api, "new", "ZZZZZZZZ")
        )
        expect(statuses(fulfilled)).toEqual({ 400: 5, 410: 35 })
        expectError(
          await confirmAddress(clara.api, "new", codes.new),
          410,
          "email_change_over"
        )
        expect(await emailOf(app, clara.id)).toBe(clara.email)
      })
    })

    describe("a guest", () => {
      it("becomes an account after a link from a mail", async () => {
        const email = "guest@shop.test"
        const guest = await makeGuest(app, email)
        const admin = await adminClient(app)
        const byLink = await portalSession(app, admin, guest)
        expectError(
          await byLink.api.post(`${SECURITY}/account`, {
            password: "a good password",
          }),
          403,
          "mailbox_not_proven"
        )
        // Somebody waits for the owner with a password of their own.
        ok(
          await app.api.post(`${LOGIN}/register`, {
            email,
            password: "mallory waits here",
          })
        )
        const session = (await mailSession(app, email)).api
        const open = (password: string) =>
          session.post(`${SECURITY}/account`, { password })
        expectError(await open("password"), 400, "password_too_weak")
        const { fulfilled } = await parallel(5, () => open("a good password"))
        expect(statuses(fulfilled)[201]).toBe(1)
        expect(statuses(fulfilled)[500]).toBeUndefined()
        const login = ok(
          await app.api.post<{ token: string }>(LOGIN, {
            email,
            password: "a good password",
          })
        )
        const me = await app.store
          .as(login.token)
          .get<{ customer: { id: string } }>(ME)
        expect(me.data.customer.id).toBe(guest)
        expect(
          (await app.api.post(LOGIN, { email, password: "mallory waits here" }))
            .status
        ).toBe(401)
        expectError(await open("another password"), 422, "account_exists")
      })

      it("has no password to change", async () => {
        const guest = await makeGuest(app, "no-password@shop.test")
        const admin = await adminClient(app)
        const session = await portalSession(app, admin, guest)
        expectError(
          await session.api.post("/store/portal/session/step-up", {
            password: "anything",
          }),
          400,
          "password_not_set"
        )
        const { security } = ok(await session.api.get<Security>(SECURITY))
        expect(security).toMatchObject({
          has_account: false,
          has_password: false,
        })
      })
    })

    it("sets a second factor up, and takes it away", async () => {
      const clara = await registerCustomer(app)
      const admin = await adminClient(app)
      const opened = await portalSession(app, admin, clara.id)
      const session = await steppedUp(app, opened.api, {
        password: clara.password,
      })
      const enrol = () =>
        session.post<{ secret: string; factor: { id: string } }>(
          `${SECURITY}/mfa/enroll`,
          {}
        )
      ok(await enrol())
      const { secret, factor } = ok(await enrol())
      expectError(
        await session.post(`${SECURITY}/mfa/recovery-codes`, {}),
        400,
        "mfa_not_enabled"
      )
      const verify = (code: string) =>
        session.post(`${SECURITY}/mfa/verify`, {
          factor_id: factor.id,
          code,
        })
      expectError(await verify("000000"), 400, "mfa_code_invalid")
      ok(await verify(generateTotpCode({ secret })))
      await waitForMail({ to: clara.email, template: "mfa-enabled" })
      expectError(await clara.api.get(ME), 401, "session_revoked")
      const codes = ok(
        await session.post<{ recovery_codes: string[] }>(
          `${SECURITY}/mfa/recovery-codes`,
          {}
        )
      )
      expect(codes.recovery_codes).toHaveLength(10)
      const [code = ""] = codes.recovery_codes
      const proof = { method: "recovery_code", code }
      const proven = await steppedUp(app, session, proof)
      await waitForMail({ to: clara.email, template: "recovery-code-used" })
      const again = "/store/portal/session/step-up"
      expectError(await proven.post(again, proof), 400, "mfa_code_invalid")
      const { security } = ok(await proven.get<Security>(SECURITY))
      expect(security.mfa).toMatchObject({
        enabled: true,
        recovery_codes_left: 9,
      })
      const { result, count } = await countSql(() =>
        hasSecondFactor(app.container(), clara.id)
      )
      expect([result, count]).toEqual([true, 1])
      const mallory = await registerCustomer(app)
      const path = `${SECURITY}/mfa/factors/${factor.id}`
      expectError(await mallory.api.delete(path, {}), 404, "not_found")
      ok(await proven.delete(path, {}))
      await waitForMail({ to: clara.email, template: "mfa-disabled" })
      expect(await hasSecondFactor(app.container(), clara.id)).toBe(false)
    })
  },
})

async function makeGuest(app: PortalTestApp, email: string): Promise<string> {
  const guest = await app
    .container()
    .resolve(Modules.CUSTOMER)
    .createCustomers({ email, first_name: "Gus" })
  return guest.id
}
