import { generateTotpCode } from "@medusajs/auth/dist/utils/totp"
import { Modules } from "@medusajs/framework/utils"
import { proveMailbox } from "../../src/workflows/account-security/prove-mailbox"
import { hasSecondFactor } from "../../src/workflows/account-security/mfa"
import { portalOptions } from "../../src/workflows/portal-sessions/services"
import {
  adminClient,
  eventually,
  expectError,
  mailbox,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  statuses,
  waitForMail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { ok } from "../helpers/http"
import { exchange, readLoginMail, textOf } from "../helpers/portal"
import { uniqueEmail } from "../helpers/customers"
import {
  LOGIN,
  ME,
  nextSecond,
  resetToken,
  type Enrolment,
} from "./account-security.support"

jest.setTimeout(240_000)

const SECURITY = "/store/portal/security"
const NEW_PASSWORD = "the owner's own words"

type Event = { reason: string; closed: string[] }
type View = { security: { has_password: boolean; email_verified: boolean } }

portalTest({
  options: {
    limits: {
      exchangePerIp: { max: 1000 },
      loginPerIp: { max: 1000 },
      registerPerIp: { max: 1000 },
      resetPerIp: { max: 1000 },
    },
  },
  testSuite: (app) => {
    let admin: HttpClient
    beforeAll(async () => {
      admin = await adminClient(app)
    })

    const auth = () => app.container().resolve(Modules.AUTH)
    const login = (email: string, password: string) =>
      app.api.post<{ token: string }>(LOGIN, { email, password })
    const prove = (customer_id: string) =>
      proveMailbox(app.container(), { customer_id })
    const closedMails = (to: string) =>
      mailbox({ to, template: "sign-in-closed" })
    const events = async (customer_id: string) =>
      (
        await app.db<{ data: Event }>(
          "select data from portal_event where type = 'prehijack_suspected' and customer_id = ?",
          [customer_id]
        )
      ).map(({ data }) => data)

    const mailedLink = async (email: string) => {
      const template = "portal-login"
      const before = mailbox({ to: email, template }).length
      ok(await app.store.post("/store/portal/login-requests", { email }))
      const mail = await eventually(
        () => mailbox({ to: email, template })[before]
      )
      return readLoginMail(mail).token
    }
    const mailSession = async (email: string): Promise<HttpClient> => {
      const { token } = ok(await exchange(app.store, await mailedLink(email)))
      return app.store.as(token)
    }
    const reset = (token: string, password = NEW_PASSWORD) =>
      app.api.as(token).post(`${LOGIN}/update`, { password })
    const tokenIn = (to: string) => {
      const [mail] = closedMails(to)
      return /#token=([\w.-]+)/.exec(mail ? textOf(mail) : "")?.[1] ?? ""
    }
    /** An account of the victim's address that somebody else has registered. */
    const hijacked = () => registerCustomer(app, { email: uniqueEmail() })
    /** One of mallory's own address, whose account has the victim's. */
    const foreign = async (): Promise<[TestCustomer, string]> => {
      const mallory = await registerCustomer(app)
      const email = uniqueEmail()
      await app
        .container()
        .resolve(Modules.CUSTOMER)
        .updateCustomers(mallory.id, { email })
      return [mallory, email]
    }
    const addIdentity = (
      customer_id: string,
      provider: string,
      user_metadata: Record<string, unknown>,
      app_metadata: Record<string, unknown> = {}
    ) =>
      auth().createAuthIdentities({
        provider_identities: [
          { provider, entity_id: uniqueEmail(), user_metadata },
        ],
        app_metadata: { customer_id, ...app_metadata },
      })
    const providersOf = async (customer_id: string) =>
      (
        await auth().listAuthIdentities(
          { app_metadata: { customer_id } },
          { relations: ["provider_identities"] }
        )
      )
        .flatMap(({ provider_identities }) => provider_identities ?? [])
        .map(({ provider }) => provider)
        .sort()

    it("takes the password that somebody set for the owner's address", async () => {
      const mallory = await hijacked()
      const link = await mailedLink(mallory.email)
      const { fulfilled } = await parallel(20, () => exchange(app.store, link))
      expect(statuses(fulfilled)).toEqual({ 201: 1, 410: 19 })
      const opened = fulfilled.find(({ status }) => status === 201)
      const owner = app.store.as(opened?.data.token ?? "")
      expectError(await mallory.api.get(ME), 401, "session_revoked")
      await nextSecond()
      expect((await login(mallory.email, mallory.password)).status).toBe(401)
      expect(await events(mallory.id)).toEqual([
        { reason: "never_verified", closed: ["emailpass"] },
      ])
      expect(closedMails(mallory.email)).toHaveLength(1)
      expect(
        mailbox({ to: mallory.email, template: "signed-out-everywhere" })
      ).toEqual([])
      const { security } = ok(await owner.get<View>(SECURITY))
      expect(security).toMatchObject({
        has_password: false,
        email_verified: true,
      })
      // Whoever knows the old password cannot register the address either.
      expectError(
        await app.api.post(`${LOGIN}/register`, {
          email: mallory.email,
          password: mallory.password,
        }),
        400,
        "registration_refused"
      )
      // The link of the mail sets a new one, once.
      const token = tokenIn(mallory.email)
      expect((await reset(token)).status).toBe(200)
      expect((await reset(token, "something else")).status).toBe(401)
      expect((await login(mallory.email, NEW_PASSWORD)).status).toBe(200)
      // From now on a mail takes nothing away.
      await mailSession(mallory.email)
      expect((await login(mallory.email, NEW_PASSWORD)).status).toBe(200)
      expect(closedMails(mallory.email)).toHaveLength(1)
    })

    it("does it once of twenty proofs", async () => {
      const mallory = await hijacked()
      const { fulfilled } = await parallel(20, () => prove(mallory.id))
      expect(fulfilled.filter((found) => found !== null)).toEqual([
        "never_verified",
      ])
      expect(await events(mallory.id)).toHaveLength(1)
      expect(closedMails(mallory.email)).toHaveLength(1)
      expect(await prove(mallory.id)).toBeNull()
      const [state] = await app.db<{ is_now: boolean }>(
        `select email_verified_at > now() - interval '1 minute' as is_now
         from portal_security_state where customer_id = ?`,
        [mallory.id]
      )
      expect(state?.is_now).toBe(true)
    })

    it("begins again where a proof was cut short", async () => {
      const mallory = await hijacked()
      const update = jest
        .spyOn(auth(), "updateProviderIdentities")
        .mockRejectedValueOnce(new Error("the database is gone"))
      await expect(prove(mallory.id)).rejects.toThrow("the database is gone")
      update.mockRestore()
      expect((await login(mallory.email, mallory.password)).status).toBe(200)
      expect(await prove(mallory.id)).toBe("never_verified")
      await nextSecond()
      expect((await login(mallory.email, mallory.password)).status).toBe(401)
    })

    it("gives a sign-in with another address to the owner of the mailbox", async () => {
      const [mallory, victim] = await foreign()
      const kept = await resetToken(app, mallory.email)
      await mailSession(victim)
      expect(await events(mallory.id)).toEqual([
        { reason: "foreign_address", closed: ["emailpass"] },
      ])
      expectError(await mallory.api.get(ME), 401, "session_revoked")
      await nextSecond()
      for (const email of [mallory.email, victim]) {
        expect((await login(email, mallory.password)).status).toBe(401)
      }
      // Neither a reset from before nor a new one gets mallory back in.
      expect((await reset(kept, "mallory again")).status).toBe(401)
      const before = mailbox({ to: mallory.email }).length
      ok(
        await app.api.post(`${LOGIN}/reset-password`, {
          identifier: mallory.email,
        })
      )
      expect((await reset(tokenIn(victim))).status).toBe(200)
      expect(mailbox({ to: mallory.email })).toHaveLength(before)
      await nextSecond()
      const { token } = ok(await login(victim, NEW_PASSWORD))
      const me = await app.store.as(token).get<{ customer: { id: string } }>(ME)
      expect(me.data.customer.id).toBe(mallory.id)
    })

    it("removes it where somebody else signs in with the proven address", async () => {
      const [mallory, victim] = await foreign()
      await auth().register("emailpass", {
        body: { email: victim, password: "a colleague's" },
      })
      const [colleague] = await auth().listAuthIdentities({
        provider_identities: { provider: "emailpass", entity_id: victim },
      })
      await auth().updateAuthIdentities({
        id: colleague?.id ?? "",
        app_metadata: { user_id: "user_colleague" },
      })
      await mailSession(victim)
      await nextSecond()
      expect((await login(mallory.email, mallory.password)).status).toBe(401)
      expect(await providersOf(mallory.id)).toEqual([])
      expect(
        (
          await app.api.post("/auth/user/emailpass", {
            email: victim,
            password: "a colleague's",
          })
        ).status
      ).toBe(200)
      const [mail] = closedMails(victim)
      expect(mail && textOf(mail)).toContain("/security")
      expect(tokenIn(victim)).toBe("")
    })

    it("leaves customers alone who have proven the mailbox before", async () => {
      const byReset = await hijacked()
      expect((await reset(await resetToken(app, byReset.email))).status).toBe(
        200
      )
      const byCode = await registerCustomer(app)
      ok(
        await byCode.api.post("/auth/verification/request", {
          entity_id: byCode.email,
          entity_type: "email",
        })
      )
      const { content } = await waitForMail({
        to: byCode.email,
        template: "email-verification",
      })
      const code = /#code=([\w-]+)/.exec(content?.html ?? "")?.[1] ?? ""
      ok(await app.api.post("/auth/verification/confirm", { code }))
      await nextSecond()
      for (const [{ id, email }, password] of [
        [byReset, NEW_PASSWORD],
        [byCode, byCode.password],
      ] as const) {
        await mailSession(email)
        expect((await login(email, password)).status).toBe(200)
        expect(await events(id)).toEqual([])
        expect(closedMails(email)).toEqual([])
      }
    })

    it("lets a reset win over a proof at the same moment", async () => {
      for (let n = 0; n < 4; n += 1) {
        const customer = await hijacked()
        const token = await resetToken(app, customer.email)
        const [answer] = await Promise.all([
          reset(token),
          ...Array.from({ length: 5 }, () => prove(customer.id)),
        ])
        if (answer.status !== 200) {
          // The proof was first, and its mail has the newer link.
          expect(answer.status).toBe(401)
          ok(await reset(tokenIn(customer.email)))
        }
        await prove(customer.id)
        await nextSecond()
        expect((await login(customer.email, NEW_PASSWORD)).status).toBe(200)
        expect((await login(customer.email, customer.password)).status).toBe(
          401
        )
      }
    })

    it("lets the session from the mail set a password, and no other", async () => {
      const clara = await registerCustomer(app)
      const session = await mailSession(clara.email)
      const byLink = await portalSession(app, admin, clara.id)
      const set = (api: HttpClient, password = NEW_PASSWORD) =>
        api.post(`${SECURITY}/account`, { password })
      expectError(await set(byLink.api), 403, "mailbox_not_proven")
      expectError(await set(session, "password"), 400, "password_too_weak")
      const { fulfilled } = await parallel(5, () => set(session))
      expect(statuses(fulfilled)[201]).toBe(1)
      expect(statuses(fulfilled)[500]).toBeUndefined()
      expectError(await set(session, "another one"), 422, "account_exists")
      expectError(await byLink.api.get(SECURITY), 401, "session_revoked")
      expect((await session.get(SECURITY)).status).toBe(200)
      await waitForMail({ to: clara.email, template: "password-changed" })
      await nextSecond()
      expect((await login(clara.email, NEW_PASSWORD)).status).toBe(200)
      expect((await login(clara.email, clara.password)).status).toBe(401)
    })

    it("leaves a social sign-in whose provider vouches for the address", async () => {
      const clara = await registerCustomer(app)
      await addIdentity(clara.id, "google", {
        email: clara.email.toUpperCase(),
      })
      await addIdentity(clara.id, "github", { email: "mallory@shop.test" })
      await addIdentity(clara.id, "oidc", { email: null })
      await addIdentity(clara.id, "other", {
        email: clara.email,
        email_verified: false,
      })
      await addIdentity(clara.id, "staff", {}, { user_id: "user_1" })
      await mailSession(clara.email)
      expect(await providersOf(clara.id)).toEqual([
        "emailpass",
        "google",
        "staff",
      ])
      const [event] = await events(clara.id)
      expect(event?.closed.sort()).toEqual([
        "emailpass",
        "github",
        "oidc",
        "other",
      ])
    })

    it("gives an account without a password one of its own", async () => {
      const email = uniqueEmail()
      const customer = await app
        .container()
        .resolve(Modules.CUSTOMER)
        .createCustomers({ email, ...({ has_account: true } as object) })
      await addIdentity(customer.id, "google", { email })
      const session = await mailSession(email)
      expect(await events(customer.id)).toEqual([])
      ok(await session.post(`${SECURITY}/account`, { password: NEW_PASSWORD }))
      await nextSecond()
      const { token } = ok(await login(email, NEW_PASSWORD))
      expect((await app.store.as(token).get(ME)).status).toBe(200)
      expect(await providersOf(customer.id)).toEqual(["emailpass", "google"])
    })

    it("never takes a second factor away", async () => {
      const clara = await registerCustomer(app)
      const { secret, mfa_factor } = ok(
        await clara.api.post<Enrolment>("/auth/mfa/factors", {
          provider: "totp",
        })
      )
      ok(
        await clara.api.post(`/auth/mfa/factors/${mfa_factor.id}/verify`, {
          code: generateTotpCode({ secret }),
        })
      )
      const session = await mailSession(clara.email)
      expectError(await session.get(SECURITY), 403)
      expect(closedMails(clara.email)).toHaveLength(1)
      expect(await hasSecondFactor(app.container(), clara.id)).toBe(true)
      expectError(
        await session.post(`${SECURITY}/account`, { password: NEW_PASSWORD }),
        403
      )
    })

    it("only signs out where the option is off", async () => {
      const { security } = portalOptions(app.container())
      security.closeUnprovenSignIns = false
      try {
        const mallory = await hijacked()
        await mailSession(mallory.email)
        expectError(await mallory.api.get(ME), 401, "session_revoked")
        await waitForMail({
          to: mallory.email,
          template: "signed-out-everywhere",
        })
        expect(closedMails(mallory.email)).toEqual([])
        expect(await events(mallory.id)).toEqual([
          { reason: "never_verified", closed: [] },
        ])
        await nextSecond()
        expect((await login(mallory.email, mallory.password)).status).toBe(200)
      } finally {
        security.closeUnprovenSignIns = true
      }
    })
  },
})
