import { generateTotpCode } from "@medusajs/auth/dist/utils/totp"
import {
  adminClient,
  attackCase,
  exchange,
  expectError,
  makeLink,
  parallel,
  portalSession,
  portalTest,
  readLoginMail,
  registerCustomer,
  settledLogin,
  statuses,
  steppedUp,
  waitForMail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { ok } from "../helpers/http"
import { findSecrets } from "../helpers/secret-scan"
import { withTotp } from "./account-security.support"

jest.setTimeout(240_000)

const SESSION = "/store/portal/session"
const MFA = `${SESSION}/mfa`
const STEP_UP = `${SESSION}/step-up`
const SUBSCRIPTIONS = "/store/portal/subscriptions"
/** A route that takes a step-up. */
const EXPORT = "/store/portal/data-export"

portalTest({
  options: { limits: { exchangePerIp: { max: 1000 } } },
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      admin = await adminClient(app)
    })

    attackCase("mfa/1", async () => {
      const { customer, secret } = await withTotp(app)
      const session = await portalSession(app, admin, customer.id)
      const shown = await session.api.get(SESSION)
      expect(shown.data).toMatchObject({
        portal_session: { mfa_state: "pending" },
      })
      for (const path of [
        SUBSCRIPTIONS,
        EXPORT,
        "/store/portal/security/sessions",
      ]) {
        expectError(await session.api.get(path), 403, "mfa_required")
      }
      expectError(
        await session.api.post(STEP_UP, { password: customer.password }),
        403,
        "mfa_required"
      )
      const wrong = await session.api.post(MFA, { code: "000000" })
      expect(wrong.status).toBe(400)
      const code = generateTotpCode({ secret })
      const proven = await steppedUp(app, session.api, { code }, "mfa")
      expect((await proven.get(SUBSCRIPTIONS)).status).toBe(200)
      // The second factor is a fresh proof as well.
      expect((await proven.get(EXPORT)).status).toBe(200)
      expectError(await session.api.get(SESSION), 401, "unauthorized")
      expectError(
        await proven.post(MFA, { code }),
        400,
        "transition_not_allowed"
      )
      // The same code opens no second session.
      const other = await portalSession(app, admin, customer.id)
      expect((await other.api.post(MFA, { code })).status).toBe(400)
      expectError(await other.api.get(SUBSCRIPTIONS), 403, "mfa_required")
    })

    it("lets one of 40 with the same right code in, and evaluates no more than the limit", async () => {
      const { customer, secret } = await withTotp(app)
      const session = await portalSession(app, admin, customer.id)
      const code = generateTotpCode({ secret })
      const { fulfilled } = await parallel(40, () =>
        session.api.post(MFA, { code })
      )
      expect(statuses(fulfilled)[200]).toBe(1)
      const third = await portalSession(app, admin, customer.id)
      const wrong = await parallel(40, () =>
        third.api.post(MFA, { code: "123456" })
      )
      const evaluated = wrong.fulfilled.filter(({ status }) => status === 400)
      expect(evaluated.length).toBeLessThanOrEqual(10)
      expect(statuses(wrong.fulfilled)[200]).toBeUndefined()
      expectError(await third.api.get(SUBSCRIPTIONS), 403, "mfa_required")
    })

    it("asks for a fresh proof before what changes the account", async () => {
      const session = await portalSession(app, admin, anna.id)
      expectError(await session.api.get(EXPORT), 403, "step_up_required")
      expect(
        (await session.api.post(STEP_UP, { password: "wrong password" })).status
      ).toBe(400)
      expectError(await session.api.get(EXPORT), 403, "step_up_required")
      const proven = await steppedUp(app, session.api, {
        password: anna.password,
      })
      expect((await proven.get(EXPORT)).status).toBe(200)
      await app.db(
        "update portal_session set stepped_up_at = now() - interval '10 minutes'"
      )
      expectError(await proven.get(EXPORT), 403, "step_up_required")
    })

    it("goes on with one other token, and the one before ends at once", async () => {
      const link = await makeLink(admin, anna.id)
      const nonce = "n".repeat(32)
      const { token, portal_session } = ok(
        await exchange(app.store, link.token, { nonce })
      )
      const session = app.store.as(token)
      const { fulfilled } = await parallel(8, () =>
        session.post<{ token: string }>(STEP_UP, { password: anna.password })
      )
      const { 200: done, 401: late, ...others } = statuses(fulfilled)
      expect([done, late, others]).toEqual([1, 7, {}])
      expectError(await session.get(SESSION), 401, "unauthorized")
      const winner = fulfilled.find(({ status }) => status === 200)
      const proven = app.store.as(winner?.data.token ?? "")
      const { portal_session: same } = ok(
        await proven.get<{ portal_session: { id: string } }>(SESSION)
      )
      expect(same.id).toBe(portal_session.id)
      expect((await proven.get(EXPORT)).status).toBe(200)
      // Whoever has seen the link and its nonce gets no proven session by them.
      expectError(
        await exchange(app.store, link.token, { nonce }),
        410,
        "portal_link_used"
      )
      expect((await proven.get(EXPORT)).status).toBe(200)
    })

    it("takes the code of a mail for such a proof, and a link for none", async () => {
      const ask = async () => {
        const { login_request } = ok(
          await app.store.post<{ login_request: { id: string } }>(
            "/store/portal/login-requests",
            { email: anna.email }
          )
        )
        await settledLogin(app, login_request.id)
        const mail = await waitForMail({
          to: anna.email,
          template: "portal-login",
        })
        return { id: login_request.id, ...readLoginMail(mail) }
      }
      const first = await ask()
      const byLink = ok(
        await app.store.post<{ token: string }>(
          "/store/portal/sessions/exchange",
          { token: first.token }
        )
      )
      expectError(
        await app.store.as(byLink.token).get(EXPORT),
        403,
        "step_up_required"
      )
      const second = await ask()
      const byCode = ok(
        await app.store.post<{ token: string }>(
          `/store/portal/login-requests/${second.id}/verify`,
          { code: second.code }
        )
      )
      expect((await app.store.as(byCode.token).get(EXPORT)).status).toBe(200)
    })

    it("gives a portal session for a login of Medusa's, and none for a session", async () => {
      const path = "/store/portal/sessions/from-customer"
      const { token } = ok(await anna.api.post<{ token: string }>(path, {}))
      const session = app.store.as(token)
      expect((await session.get(SUBSCRIPTIONS)).status).toBe(200)
      expectError(await session.get(EXPORT), 403, "step_up_required")
      expectError(await session.post(path, {}), 403, "portal_scope_missing")
      // What a login of Medusa's own may do at once.
      expect((await anna.api.get(EXPORT)).status).toBe(200)
    })

    it("never lets who only looks, or acts for somebody, step up", async () => {
      const session = await portalSession(app, admin, anna.id, {
        impersonate: true,
      })
      expectError(
        await session.api.post(STEP_UP, { password: anna.password }),
        400,
        "transition_not_allowed"
      )
      expectError(await session.api.get(EXPORT), 403, "portal_scope_missing")
    })

    it("would find a secret that stood in clear", async () => {
      const session = await portalSession(app, admin, anna.id)
      const scan = () => findSecrets((sql, bindings) => app.db(sql, bindings))
      expect(await scan()).toEqual([])
      await app.db("update portal_session set reference = ? where id = ?", [
        `note ${session.token}`,
        session.id,
      ])
      expect(await scan()).toEqual(["portal_session"])
      await app.db("update portal_session set reference = null")
    })
  },
})
