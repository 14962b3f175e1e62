import { PORTAL_ROUTES } from "../../src/api/_lib/portal-routes"
import {
  adminClient,
  attackCase,
  expectError,
  mailsTo,
  makeLink,
  exchange,
  mailSession,
  ok,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  statuses,
  textOf,
  uniqueEmail,
  waitForMail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"

jest.setTimeout(240_000)

const MEMBERS = "/store/portal/members"
const ACCOUNTS = "/store/portal/accounts"

type Member = { id: string; email: string; role: string; status: string }
type Row = { id: string; status: string; role: string; invite_hash: string }

portalTest({
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let cleo: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await proven(await registerCustomer(app))
      cleo = await proven(await registerCustomer(app))
      admin = await adminClient(app)
    })

    /** Somebody who has opened a mail at their address, and acts by it. */
    const proven = async (who: TestCustomer): Promise<TestCustomer> => ({
      ...who,
      api: (await mailSession(app, who.email)).api,
    })
    const invite = (who: HttpClient, email: string, role = "viewer") =>
      who.post<{ member: Member }>(MEMBERS, { email, role })
    const rows = (email: string) =>
      app.db<Row>(
        "select id, status, role, invite_hash from portal_member where email = ?",
        [email]
      )
    /** The token of the newest invitation mail to an address. */
    const invitation = async (email: string) => {
      await waitForMail({ to: email, template: "member-invited" })
      const mail = mailsTo(email)
        .filter(({ template }) => template === "member-invited")
        .at(-1)
      return /#i=(pmi_\w+)/.exec(mail ? textOf(mail) : "")?.[1] ?? ""
    }
    const accept = (who: HttpClient, token: string) =>
      who.post(`${MEMBERS}/accept`, { token })
    /** Makes somebody a member of Anna's account; a session there. */
    const join = async (who: TestCustomer, role: string) => {
      const { member } = ok(await invite(anna.api, who.email, role))
      ok(await accept(who.api, await invitation(who.email)))
      const { token } = ok(
        await who.api.post<{ token: string }>(
          `${ACCOUNTS}/${anna.id}/session`,
          {}
        )
      )
      return { member, api: app.store.as(token) }
    }

    it("invites by mail, and the invited becomes a member who acts there", async () => {
      const { member } = ok(await invite(anna.api, bert.email, "viewer"))
      expect(member).toMatchObject({
        email: bert.email,
        role: "viewer",
        status: "invited",
      })
      expect(JSON.stringify(member)).not.toContain("hash")
      expect(ok(await bert.api.get(ACCOUNTS))).toEqual({
        accounts: [],
        count: 0,
      })

      const token = await invitation(bert.email)
      expect(token).toMatch(/^pmi_\w{43}$/)
      ok(await accept(bert.api, token))
      expect(ok(await bert.api.get(ACCOUNTS))).toMatchObject({
        accounts: [{ id: anna.id, role: "viewer" }],
        count: 1,
      })
      const opened = ok(
        await bert.api.post<{
          token: string
          portal_session: { scopes: string[]; customer_id: string }
        }>(`${ACCOUNTS}/${anna.id}/session`, {})
      )
      expect(opened.portal_session.customer_id).toBe(anna.id)
      expect(
        opened.portal_session.scopes.filter((one) => one.endsWith(":w"))
      ).toEqual([])
      const profile = await app.store
        .as(opened.token)
        .get("/store/portal/profile")
      expect(profile.data).toMatchObject({ profile: { id: anna.id } })
      const list = ok(await anna.api.get(MEMBERS))
      expect(list).toMatchObject({
        account_holder: { customer_id: anna.id, role: "owner" },
        members: [{ id: member.id, status: "active" }],
        count: 1,
      })
    })

    it("invites an address once, however many ask at once", async () => {
      const email = uniqueEmail()
      const { fulfilled } = await parallel(20, () =>
        invite(anna.api, email.toUpperCase())
      )
      // Five a day to one address: whoever is over is told so.
      const counts = statuses(fulfilled)
      expect(counts[201]).toBe(1)
      expect((counts[422] ?? 0) + (counts[429] ?? 0)).toBe(19)
      expect(await rows(email)).toHaveLength(1)
      await waitForMail({ to: email, template: "member-invited" })
      expect(mailsTo(email)).toHaveLength(1)
    })

    it("limits how many are invited", async () => {
      const { fulfilled } = await parallel(40, () =>
        invite(anna.api, uniqueEmail())
      )
      expect(statuses(fulfilled)).toEqual({ 201: 30, 429: 10 })
    })

    it("sends an invitation again, and only the newest works", async () => {
      const { member } = ok(await invite(anna.api, bert.email))
      const old = await invitation(bert.email)
      ok(await anna.api.post(`${MEMBERS}/${member.id}/resend`, {}))
      const fresh = await invitation(bert.email)
      expect(fresh).not.toBe(old)
      expectError(await accept(bert.api, old), 401, "member_invite_invalid")
      ok(await accept(bert.api, fresh))
      expectError(
        await anna.api.post(`${MEMBERS}/${member.id}/resend`, {}),
        404,
        "not_found"
      )
    })

    it("mails an address five times a day, the first time and again together", async () => {
      const email = uniqueEmail()
      const { member } = ok(await invite(anna.api, email))
      await waitForMail({ to: email, template: "member-invited" })
      const [before] = await rows(email)
      const { fulfilled } = await parallel(20, () =>
        anna.api.post(`${MEMBERS}/${member.id}/resend`, {})
      )
      expect(statuses(fulfilled)).toEqual({ 200: 4, 429: 16 })
      expect(mailsTo(email)).toHaveLength(5)
      const [after] = await rows(email)
      expect(after?.invite_hash).not.toBe(before?.invite_hash)
      // Another account's invitation is one more mail to the same person.
      expectError(await invite(cleo.api, email), 429, "rate_limited")
    })

    it("is taken up once of 30 times at once", async () => {
      ok(await invite(anna.api, bert.email))
      const token = await invitation(bert.email)
      const { fulfilled } = await parallel(30, () => accept(bert.api, token))
      expect(statuses(fulfilled)).toEqual({ 200: 1, 410: 29 })
      expect(
        await app.db(
          "select member_customer_id, status from portal_member where account_customer_id = ?",
          [anna.id]
        )
      ).toEqual([{ member_customer_id: bert.id, status: "active" }])
      const [joined] = await app.db<{ count: number }>(
        "select count(*)::int as count from portal_event where type = 'member_joined'"
      )
      expect(joined).toEqual({ count: 1 })
    })

    it("goes to nobody who only registered with the invited address", async () => {
      const email = uniqueEmail()
      ok(await invite(anna.api, email, "owner"))
      // The mail was passed on, and its receiver has no account yet.
      const token = await invitation(email)
      const mallory = await registerCustomer(app, { email })
      const { fulfilled } = await parallel(20, () => accept(mallory.api, token))
      expect(statuses(fulfilled)).toEqual({ 403: 20 })
      expectError(await accept(mallory.api, token), 403, "mailbox_not_proven")
      // Neither does a portal session help that needs no mailbox.
      const { token: own } = ok(
        await mallory.api.post<{ token: string }>(
          "/store/portal/sessions/from-customer",
          {}
        )
      )
      const linked = await portalSession(app, admin, mallory.id)
      for (const api of [app.store.as(own), linked.api]) {
        expectError(await accept(api, token), 403, "mailbox_not_proven")
      }
      expect(await rows(email)).toMatchObject([{ status: "invited" }])
      expect(ok(await mallory.api.get(ACCOUNTS))).toMatchObject({ count: 0 })

      // Who reads the mailbox gets it, and what was signed in before is out.
      const { api } = await mailSession(app, email)
      ok(await accept(api, token))
      expect((await accept(mallory.api, token)).status).toBe(401)
      expect(await rows(email)).toMatchObject([{ status: "active" }])
    })

    it("asks again where the address is no longer the one that was proven", async () => {
      const email = uniqueEmail()
      ok(await invite(anna.api, email))
      const token = await invitation(email)
      await app.db("update customer set email = ? where id = ?", [
        email,
        bert.id,
      ])
      expectError(await accept(bert.api, token), 403, "mailbox_not_proven")
      expect(await rows(email)).toMatchObject([{ status: "invited" }])
    })

    attackCase("roles/2", async () => {
      const { member } = ok(await invite(anna.api, bert.email))
      const token = await invitation(bert.email)
      expectError(await accept(cleo.api, token), 401, "member_invite_invalid")
      expectError(
        await accept(bert.api, `${token.slice(0, -1)}_`),
        401,
        "member_invite_invalid"
      )
      await app.db("update portal_member set tenant_id = 'other'")
      expectError(await accept(bert.api, token), 401, "member_invite_invalid")
      await app.db("update portal_member set tenant_id = 'default'")
      expect(await rows(bert.email)).toMatchObject([{ status: "invited" }])

      await app.db(
        "update portal_member set invite_expires_at = now() - interval '1 second'"
      )
      expectError(await accept(bert.api, token), 410, "member_invite_over")
      await app.db(
        "update portal_member set invite_expires_at = now() + interval '1 day'"
      )
      ok(await accept(bert.api, token))
      expectError(await accept(bert.api, token), 410, "member_invite_over")

      const again = ok(await invite(anna.api, cleo.email)).member
      const taken = await invitation(cleo.email)
      ok(await anna.api.delete(`${MEMBERS}/${again.id}`))
      expectError(await accept(cleo.api, taken), 410, "member_invite_over")
      expect(await rows(cleo.email)).toMatchObject([{ status: "removed" }])
      expect(member.id).not.toBe(again.id)
    })

    attackCase("roles/1", async () => {
      const viewer = await join(bert, "viewer")
      const writes = Object.entries(PORTAL_ROUTES).filter(
        ([, { needs }]) => needs.endsWith(":w") || needs === "security:r"
      )
      expect(writes.length).toBeGreaterThan(12)
      for (const [route] of writes) {
        const [method = "", template = ""] = route.split(" ")
        const url = template.replace(/:\w+/g, viewer.member.id)
        const answer =
          method === "GET"
            ? await viewer.api.get(url)
            : method === "DELETE"
              ? await viewer.api.delete(url)
              : await viewer.api.post(url, { role: "owner" })
        expect({ route, status: answer.status }).toEqual({ route, status: 403 })
        expect(answer.data).toMatchObject({ code: "portal_scope_missing" })
      }
      expect(await rows(bert.email)).toMatchObject([{ role: "viewer" }])

      const manager = await join(cleo, "billing_manager")
      expectError(
        await invite(manager.api, uniqueEmail()),
        403,
        "portal_scope_missing"
      )
      expectError(
        await manager.api.post(`${MEMBERS}/${manager.member.id}`, {
          role: "owner",
        }),
        403,
        "portal_scope_missing"
      )

      // An owner who was invited changes others, never themselves.
      ok(
        await anna.api.post(`${MEMBERS}/${manager.member.id}`, {
          role: "owner",
        })
      )
      expectError(
        await manager.api.post(`${MEMBERS}/${manager.member.id}`, {
          role: "viewer",
        }),
        403,
        "member_role_own"
      )
      for (const who of [manager.api, anna.api]) {
        expectError(
          await who.delete(`${MEMBERS}/${anna.id}`),
          409,
          "last_owner"
        )
        expectError(
          await who.post(`${MEMBERS}/${anna.id}`, { role: "viewer" }),
          409,
          "last_owner"
        )
      }
      ok(await manager.api.delete(`${MEMBERS}/${manager.member.id}`))
      expect((await manager.api.get(MEMBERS)).status).toBe(401)
    })

    attackCase("scope/4", async () => {
      const { member, api } = await join(bert, "owner")
      ok(await api.post("/store/portal/profile", { company_name: "Anna AG" }))
      ok(await anna.api.post(`${MEMBERS}/${member.id}`, { role: "viewer" }))
      expectError(
        await api.post("/store/portal/profile", { company_name: "Bert AG" }),
        403,
        "portal_scope_missing"
      )
      expect((await api.get("/store/portal/profile")).status).toBe(200)
      ok(await anna.api.delete(`${MEMBERS}/${member.id}`))
      expectError(
        await api.get("/store/portal/profile"),
        401,
        "session_revoked"
      )
      expectError(
        await bert.api.post(`${ACCOUNTS}/${anna.id}/session`, {}),
        404,
        "not_found"
      )
      const [customer] = await app.db(
        "select company_name from customer where id = ?",
        [anna.id]
      )
      expect(customer).toEqual({ company_name: "Anna AG" })
    })

    it("keeps the security of an account to its customer", async () => {
      const { api } = await join(bert, "owner")
      for (const path of ["security/sessions", "data-export"]) {
        expectError(
          await api.get(`/store/portal/${path}`),
          403,
          "portal_scope_missing"
        )
      }
      // From an account of somebody else no way leads into a third one.
      for (const answer of [
        await api.get(ACCOUNTS),
        await api.post(`${ACCOUNTS}/${anna.id}/session`, {}),
        await api.post("/store/portal/sessions/from-customer", {}),
        await accept(api, "pmi_unknown"),
      ]) {
        expectError(answer, 403, "portal_scope_missing")
      }
    })

    it("gives a member no more than the link that they came by", async () => {
      ok(await invite(anna.api, bert.email, "owner"))
      ok(await accept(bert.api, await invitation(bert.email)))
      const narrow = await portalSession(app, admin, bert.id, {
        scopes: ["profile:r"],
      })
      const opened = ok(
        await narrow.api.post<{ portal_session: { scopes: string[] } }>(
          `${ACCOUNTS}/${anna.id}/session`,
          {}
        )
      )
      expect(opened.portal_session.scopes).toEqual(["profile:r"])
    })

    it("ends with the member's own sign-out everywhere", async () => {
      const { api } = await join(bert, "viewer")
      ok(
        await admin.post(
          `/admin/portal/customers/${bert.id}/revoke-sessions`,
          {}
        )
      )
      expectError(
        await api.get("/store/portal/profile"),
        401,
        "session_revoked"
      )
    })

    it("needs an account to invite, and another address than one's own", async () => {
      expectError(
        await invite(anna.api, anna.email.toUpperCase()),
        422,
        "member_exists"
      )
      const { customer } = ok(
        await admin.post<{ customer: { id: string } }>("/admin/customers", {
          email: uniqueEmail(),
        })
      )
      const link = await makeLink(admin, customer.id)
      const { token } = ok(await exchange(app.store, link.token))
      const email = uniqueEmail()
      expectError(
        await invite(app.store.as(token), email),
        400,
        "account_required"
      )
      expect(await rows(email)).toEqual([])
    })

    it("knows no member of another account", async () => {
      const { member } = ok(await invite(anna.api, uniqueEmail()))
      for (const answer of [
        await bert.api.post(`${MEMBERS}/${member.id}`, { role: "owner" }),
        await bert.api.delete(`${MEMBERS}/${member.id}`),
        await bert.api.post(`${MEMBERS}/${member.id}/resend`, {}),
        await bert.api.post(`${ACCOUNTS}/${anna.id}/session`, {}),
      ]) {
        expectError(answer, 404, "not_found")
      }
      expect(await rows(member.email)).toMatchObject([
        { role: "viewer", status: "invited" },
      ])
    })
  },
})
