import {
  adminClient,
  eventually,
  exchange,
  expectError,
  mailbox,
  mailsTo,
  makeLink,
  parallel,
  portalTest,
  readLoginMail,
  refuseMails,
  registerCustomer,
  statuses,
  textOf,
  tokenOf,
  type HttpClient,
  waitForMail,
  type TestCustomer,
} from "../helpers"
import { ok } from "../helpers/http"

jest.setTimeout(240_000)

const LINKS = "/admin/portal/sessions"
const LOGIN = "/store/portal/login-requests"
const RECOVER = "/store/portal/sessions/recover"

portalTest({
  options: {
    mails: { enabled: { "portal-no-account": true } },
    limits: {
      loginPerEmail: { max: 100 },
      loginPerEmailDaily: { max: 100 },
      loginPerIp: { max: 100 },
    },
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      admin = await adminClient(app)
    })

    const mailLink = (body: Record<string, unknown> = {}) =>
      admin.post<{ portal_session: { id: string }; url: null }>(LINKS, {
        customer_id: anna.id,
        delivery: "email",
        ...body,
      })
    const links = () =>
      app.db<{ id: string; status: string; revoked_reason: string | null }>(
        `select id, status, revoked_reason from portal_session
         order by created_at, id`
      )
    const openLinks = async () =>
      (await links()).filter(({ status }) => status === "pending").length
    const events = async (type: string) =>
      app.db<{ session_id: string; data: unknown }>(
        "select session_id, data from portal_event where type = ?",
        [type]
      )

    describe("a link that a merchant mails", () => {
      it("is in the mail and not in the answer", async () => {
        const { portal_session, url } = ok(await mailLink({ redeem_ttl: 119 }))
        expect(url).toBeNull()
        const [mail] = mailsTo(anna.email)
        expect(mailbox()).toHaveLength(1)
        // It never promises more than there is.
        expect(textOf(mail!)).toContain("1 minute")
        const { token } = readLoginMail(mail!)
        const opened = ok(await exchange(app.store, token))
        expect(opened.portal_session.id).toBe(portal_session.id)
        expect(await events("link_sent")).toEqual([
          { session_id: portal_session.id, data: null },
        ])
      })

      it("is withdrawn where the mail fails, and the caller is told", async () => {
        const earlier = await makeLink(admin, anna.id)
        refuseMails("the provider is down")
        const answer = await mailLink({ invalidate_existing: true })
        const body = expectError(answer, 409, "mail_not_sent")
        expect(body.details).toEqual({ reason: "failed" })
        expect(JSON.stringify(body)).not.toMatch(/ppl_|provider is down/)
        const [kept, withdrawn] = await links()
        expect(kept).toMatchObject({ id: earlier.id, status: "pending" })
        expect(withdrawn).toMatchObject({
          status: "revoked",
          revoked_reason: "mail_not_sent",
        })
        expect(mailbox()).toEqual([])
        expect(await events("link_sent")).toEqual([])
        expect(await events("link_not_sent")).toEqual([
          { session_id: withdrawn?.id, data: { reason: "failed" } },
        ])

        // Once more: a link of its own, and now the earlier ones are over.
        ok(await mailLink({ invalidate_existing: true }))
        expect((await links()).map(({ status }) => status)).toEqual([
          "revoked",
          "revoked",
          "pending",
        ])
        expectError(await exchange(app.store, earlier.token), 410)
        const { token } = readLoginMail(mailsTo(anna.email)[0]!)
        expect((await exchange(app.store, token)).status).toBe(201)
      })

      it("leaves one open of many that end each other", async () => {
        const { fulfilled } = await parallel(20, () =>
          mailLink({ invalidate_existing: true })
        )
        expect(statuses(fulfilled)).toEqual({ 201: 20 })
        expect(await openLinks()).toBe(1)
      })
    })

    it("keeps to ten open links, however many are made at once", async () => {
      const { fulfilled } = await parallel(40, () => makeLink(admin, anna.id))
      expect(fulfilled).toHaveLength(40)
      expect(await openLinks()).toBe(10)
    })

    describe("a fresh link in place of an expired one", () => {
      it("can be asked for again where its mail failed", async () => {
        const { id, token } = await makeLink(admin, anna.id, {
          after_expiration: { recover_seconds: 3600 },
        })
        await app.db(
          "update portal_session set link_expires_at = now() where id = ?",
          [id]
        )
        refuseMails("the provider is down")
        expect((await app.store.post(RECOVER, { token })).status).toBe(202)
        expect(await events("recovered")).toEqual([])
        expect(mailbox()).toEqual([])

        expect((await app.store.post(RECOVER, { token })).status).toBe(202)
        expect(await events("recovered")).toEqual([
          { session_id: id, data: null },
        ])
        const fresh = readLoginMail(mailsTo(anna.email)[0]!)
        expect((await exchange(app.store, fresh.token)).status).toBe(201)
        // Of the two only that of the newest mail was left.
        expect(await openLinks()).toBe(0)
      })
    })

    it("mails no customer because an admin's look at the account expired", async () => {
      const { portal_session, url } = ok(
        await admin.post<{ portal_session: { id: string }; url: string }>(
          LINKS,
          {
            customer_id: anna.id,
            after_expiration: { recover_seconds: 3600 },
          }
        )
      )
      await app.db(
        "update portal_session set link_expires_at = now() where id = ?",
        [portal_session.id]
      )
      const token = tokenOf(url)
      for (const answer of [
        await exchange(app.store, token),
        await app.store.post(RECOVER, { token }),
      ]) {
        const body = expectError(answer, 410, "portal_link_expired")
        expect(body.details).toEqual({ recoverable: false })
      }
      expect(mailbox()).toEqual([])
    })

    describe("a sign-in mail", () => {
      const ask = async () =>
        ok(
          await app.store.post<{ login_request: { id: string } }>(LOGIN, {
            email: anna.email,
          })
        ).login_request.id

      it("that fails is written down, and tells the caller nothing", async () => {
        refuseMails("the provider is down")
        await ask()
        const failed = await eventually(async () => {
          const found = await events("link_not_sent")
          return found.length ? found : undefined
        })
        expect(failed).toMatchObject([{ data: { reason: "failed" } }])
        expect(await events("link_sent")).toEqual([])
      })

      it("tells an unknown address so, where the merchant wants that", async () => {
        const email = "nobody@shop.test"
        ok(await app.store.post(LOGIN, { email }))
        const mail = await waitForMail({ to: email })
        expect(mail.template).toBe("portal-no-account")
        expect(JSON.stringify(mail)).not.toMatch(/ppl_/)
        expect(await links()).toEqual([])
      })

      it("leaves one link open, however many are asked for at once", async () => {
        const { fulfilled } = await parallel(8, ask)
        expect(fulfilled).toHaveLength(8)
        await eventually(
          async () => (await events("link_sent")).length === 8 || undefined,
          // Each mail takes a hash that is slow on purpose.
          { timeout: 60_000, what: "eight sign-in mails" }
        )
        expect(mailsTo(anna.email)).toHaveLength(8)
        expect(await openLinks()).toBe(1)
      })
    })
  },
})
