import type { PortalTestApp } from "./app"
import { ok, type HttpClient, type Json } from "./http"
import { mailbox, waitForMail, type Mail } from "./mailbox"
import { eventually } from "./eventually"

export type TestLink = {
  id: string
  url: string
  /** What stands in the fragment. */
  token: string
}

export type TestPortalSession = {
  id: string
  token: string
  /** HTTP with the publishable key and this session. */
  api: HttpClient
}

type Created = { portal_session: { id: string }; url: string }
type Opened = { portal_session: { id: string }; token: string }

/** Makes a link as a merchant's admin does. */
export async function makeLink(
  admin: HttpClient,
  customer_id: string,
  body: Json = {}
): Promise<TestLink> {
  const { portal_session, url } = ok(
    await admin.post<Created>("/admin/portal/sessions", {
      customer_id,
      impersonate: false,
      ...body,
    })
  )
  return { id: portal_session.id, url, token: tokenOf(url) }
}

/** The token of a link's address. */
export function tokenOf(url: string): string {
  return new URLSearchParams(new URL(url).hash.slice(1)).get("t") ?? ""
}

/** Opens a link. */
export function exchange(client: HttpClient, token: unknown, body: Json = {}) {
  return client.post<Opened & Json>("/store/portal/sessions/exchange", {
    token,
    ...body,
  })
}

/** A customer's portal session, by a link. */
export async function portalSession(
  app: PortalTestApp,
  admin: HttpClient,
  customer_id: string,
  body: Json = {}
): Promise<TestPortalSession> {
  const link = await makeLink(admin, customer_id, body)
  const { portal_session, token } = ok(await exchange(app.store, link.token))
  return { id: portal_session.id, token, api: app.store.as(token) }
}

/** A customer's portal session by a sign-in mail, which proves their mailbox. */
export async function mailSession(
  app: PortalTestApp,
  email: string
): Promise<TestPortalSession> {
  ok(await app.store.post("/store/portal/login-requests", { email }))
  const mail = await waitForMail({ to: email, template: "portal-login" })
  const { portal_session, token } = ok(
    await exchange(app.store, readLoginMail(mail).token)
  )
  return { id: portal_session.id, token, api: app.store.as(token) }
}

/** Shows a password or a code once more; the session goes on with another token. */
export async function steppedUp(
  app: PortalTestApp,
  session: HttpClient,
  proof: Json,
  way: "mfa" | "step-up" = "step-up"
): Promise<HttpClient> {
  const { token } = ok(
    await session.post<{ token: string }>(`/store/portal/session/${way}`, proof)
  )
  return app.store.as(token)
}

/** The text part of a mail. */
export function textOf(mail: Mail): string {
  return String((mail.content as { text?: string } | undefined)?.text ?? "")
}

/** The link and the code of a sign-in mail. */
export function readLoginMail(mail: Mail): { token: string; code: string } {
  const text = textOf(mail)
  const url = /https?:\/\/\S+#t=\S+/.exec(text)?.[0] ?? ""
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text)?.[0] ?? ""
  return { token: tokenOf(url), code }
}

/** Waits until the store has done with a sign-in request. */
export async function settledLogin(
  app: PortalTestApp,
  id: string
): Promise<{ suppressed_reason: string | null; customer_id: string | null }> {
  return eventually(
    async () => {
      const [row] = await app.db<{
        suppressed_reason: string | null
        customer_id: string | null
      }>(
        `select suppressed_reason, customer_id from portal_login_request
         where id = ? and (suppressed_reason is not null or session_id in (
           select session_id from portal_event where type = 'link_sent'))`,
        [id]
      )
      return row
    },
    { what: `sign-in request ${id}` }
  )
}

/** How many mails went to an address. */
export const mailsTo = (to: string): Mail[] => mailbox({ to })
