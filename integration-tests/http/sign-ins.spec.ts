import {
  adminClient,
  expectError,
  mailbox,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  statuses,
  waitForMail,
  type HttpClient,
  type Mail,
} from "../helpers"
import { ok } from "../helpers/http"
import { FIREFOX, LOGIN, ME, nextSecond } from "./account-security.support"

jest.setTimeout(240_000)

const SESSIONS = "/store/portal/security/sessions"
const ADMIN = "/admin/portal/sessions"

type Device = {
  id: string
  kind: string
  device_label: string | null
}
type AdminList = {
  portal_sessions: { id: string }[]
  devices?: Device[]
  count: number
}

portalTest({
  testSuite: (app) => {
    let admin: HttpClient
    beforeAll(async () => {
      admin = await adminClient(app)
    })

    const told = (to: string): Mail[] =>
      mailbox({ to, template: "signed-out-everywhere" })
    const html = (mail: Mail | undefined): string =>
      String((mail?.content as { html?: string } | undefined)?.html)
    const login = async (person: { email: string; password: string }) =>
      ok(
        await app.api
          .with({ "user-agent": FIREFOX })
          .post<{ token: string }>(LOGIN, person)
      ).token

    describe("signing out everywhere", () => {
      it("tells the customer once, however often it is pressed", async () => {
        const clara = await registerCustomer(app)
        const session = await portalSession(app, admin, clara.id)
        const { fulfilled } = await parallel(20, () =>
          session.api.delete(SESSIONS)
        )
        expect(statuses(fulfilled)).toEqual({ 200: 20 })
        expect(told(clara.email)).toHaveLength(1)
        expect(html(told(clara.email)[0])).toContain("All other devices")
        expectError(await clara.api.get(ME), 401, "session_revoked")
        expect((await session.api.get(SESSIONS)).status).toBe(200)
      })

      it("tells of each occasion, and of all devices where none stays", async () => {
        const clara = await registerCustomer(app)
        ok(await clara.api.delete(SESSIONS))
        expect(html(told(clara.email)[0])).toContain("All devices")
        await app.db(
          "update portal_rate_limit set expires_at = now() where key = ?",
          [`told-signed-out:${clara.id}`]
        )
        await nextSecond()
        const token = await login(clara)
        ok(await app.store.as(token).delete(SESSIONS))
        expect(told(clara.email)).toHaveLength(2)
      })

      it("tells nobody where one of them ends", async () => {
        const clara = await registerCustomer(app)
        const session = await portalSession(app, admin, clara.id)
        const other = await portalSession(app, admin, clara.id)
        ok(await session.api.delete(`${SESSIONS}/${other.id}`))
        expect(told(clara.email)).toEqual([])
      })

      it("tells the customer where an admin has done it", async () => {
        const clara = await registerCustomer(app)
        const path = `/admin/portal/customers/${clara.id}/revoke-sessions`
        ok(await admin.post(path, {}))
        const mail = await waitForMail({
          to: clara.email,
          template: "signed-out-everywhere",
        })
        expect(html(mail)).toContain("All devices")
        expectError(
          await admin.post(
            "/admin/portal/customers/cus_unknown/revoke-sessions",
            {}
          ),
          404,
          "not_found"
        )
      })
    })

    describe("the admin's list", () => {
      it("shows the customer's own sign-ins, and ends one of them", async () => {
        const clara = await registerCustomer(app)
        const mallory = await registerCustomer(app)
        const session = await portalSession(app, admin, clara.id)
        await nextSecond()
        const token = await login(clara)
        const list = async (query = "") =>
          ok(
            await admin.get<AdminList>(
              `${ADMIN}?customer_id=${clara.id}${query}`
            )
          )
        const { devices = [], portal_sessions, count } = await list()
        expect(portal_sessions.map(({ id }) => id)).toEqual([session.id])
        expect(count).toBe(1)
        const [newest, first, ...others] = devices
        expect(others).toEqual([])
        expect(newest).toMatchObject({
          kind: "jwt",
          device_label: "Firefox on Linux",
        })
        expect(JSON.stringify(devices)).not.toMatch(/hash|token/)
        // A filter is about links and sessions; sign-ins have no brand.
        const { devices: same } = await list("&status=revoked")
        expect(same).toHaveLength(2)
        const end = (id = "") => admin.post(`${ADMIN}/${id}/revoke`, {})
        expect((await end(newest?.id)).data).toEqual({
          id: newest?.id,
          revoked: true,
        })
        expectError(await app.store.as(token).get(ME), 401, "session_revoked")
        expect((await clara.api.get(ME)).status).toBe(200)
        expect((await mallory.api.get(ME)).status).toBe(200)
        expect((await list()).devices?.map(({ id }) => id)).toEqual([first?.id])
        expectError(await end(newest?.id), 404, "not_found")
        expectError(await end("pdev_unknown"), 404, "not_found")
      })

      it("names no sign-ins where it asks for nobody's", async () => {
        const clara = await registerCustomer(app)
        await portalSession(app, admin, clara.id)
        const { devices, count } = ok(await admin.get<AdminList>(ADMIN))
        expect(devices).toBeUndefined()
        expect(count).toBe(1)
      })

      it("ends all of them at once", async () => {
        const clara = await registerCustomer(app)
        const cookie = await app.api.as(clara.token).post("/auth/session")
        expect(cookie.status).toBe(200)
        const devices = async () =>
          ok(await admin.get<AdminList>(`${ADMIN}?customer_id=${clara.id}`))
            .devices
        expect((await devices())?.map(({ kind }) => kind).sort()).toEqual([
          "cookie",
          "jwt",
        ])
        ok(
          await admin.post(
            `/admin/portal/customers/${clara.id}/revoke-sessions`,
            {}
          )
        )
        expect(await devices()).toEqual([])
      })
    })
  },
})
