import { generateTotpCode } from "@medusajs/auth/dist/utils/totp"
import type { SeenRequest } from "../../src/providers/notification-resend/__tests__/resend-server"
import {
  adminClient,
  eventually,
  exchange,
  makeLink,
  registerCustomer,
  steppedUp,
  tokenOf,
  type HttpClient,
  type PortalTestApp,
} from "../helpers"
import { ok } from "../helpers/http"
import { cookieOf, LOGIN, ME } from "./account-security.support"

const SESSIONS = "/store/portal/sessions"
const SESSION = "/store/portal/session"
const SECURITY = "/store/portal/security"
const MEMBERS = "/store/portal/members"
/** No code of a mail: Crockford's alphabet has no U. */
const WRONG_CODE = "UUUUUUUU"

/** Fields whose text opens something, in what is sent and in what is answered. */
const SENT = ["token", "nonce", "code", "password", "new_password"]
const ANSWERED = ["token", "secret", "client_secret", "recovery_codes"]

const COOKIE_NAME = "connect.sid=".length

/** All secrets that went over the wire while a test ran. */
export class SecretList {
  private readonly values = new Set<string>()

  add(...values: unknown[]): void {
    for (const value of values.flat()) {
      if (typeof value === "string" && value.length >= 6) {
        this.values.add(value)
      }
    }
  }

  all(): string[] {
    return [...this.values]
  }

  /** Which of them stand in a text, in any case, also as a part of an address. */
  foundIn(text: string): string[] {
    const low = text.toLowerCase()
    return [...this.values].filter((value) =>
      [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]
        .map((form) => form.toLowerCase())
        .some((form) =>
          // Six digits alone are also a part of times and sizes.
          /^\d{6}$/.test(form)
            ? new RegExp(`\\b${form}\\b`).test(low)
            : low.includes(form)
        )
    )
  }
}

/** The same client; what it sends and gets is looked through for secrets. */
export function listening(client: HttpClient, secrets: SecretList): HttpClient {
  const noted =
    (call: HttpClient["post"]): HttpClient["post"] =>
    async <T>(path: string, body?: Parameters<HttpClient["post"]>[1]) => {
      secrets.add(...valuesOf(body, SENT))
      const answer = await call<T>(path, body)
      secrets.add(...valuesOf(answer.data, ANSWERED))
      secrets.add(...valuesOf(answer.data, ["url"]).map(tokenOf))
      secrets.add(cookieOf(answer.headers.get("set-cookie")).slice(COOKIE_NAME))
      return answer
    }
  return {
    ...client,
    get: noted(client.get),
    post: noted(client.post),
    delete: noted(client.delete),
    with: (headers) => listening(client.with(headers), secrets),
    as: (token) => listening(client.as(token), secrets),
  }
}

/** The text of the newest mail to an address that fits, once it has come. */
export function mailReader(requests: SeenRequest[], secrets: SecretList) {
  return async (to: string, pattern: RegExp): Promise<string> => {
    const found = await eventually(
      () =>
        requests
          .filter(({ body }) => [body.to].flat().includes(to))
          .map(({ body }) => pattern.exec(String(body.text))?.[1])
          .filter((match) => match !== undefined)
          .at(-1),
      { what: `a mail to ${to} with ${pattern}` }
    )
    secrets.add(found, found.replace("-", ""))
    return found
  }
}

/** The texts of these fields, however deep they are. */
function valuesOf(data: unknown, fields: string[]): string[] {
  if (typeof data !== "object" || data === null || data instanceof FormData) {
    return []
  }
  return Object.entries(data).flatMap(([field, value]) =>
    fields.includes(field)
      ? [value].flat().filter((one) => typeof one === "string")
      : valuesOf(value, fields)
  )
}

/** What the flows work with. */
export type Run = {
  app: PortalTestApp
  secrets: SecretList
  mail: ReturnType<typeof mailReader>
}

/** A server makes a link; the customer looks, opens, asks again, and leaves. */
export async function useLinks({ app, secrets }: Run): Promise<void> {
  const customer = await registerCustomer(app)
  const admin = await adminClient(app)
  const { api_key } = ok(
    await admin.post<{ api_key: { token: string } }>("/admin/api-keys", {
      title: "server",
      type: "secret",
    })
  )
  const basic = Buffer.from(`${api_key.token}:`).toString("base64")
  secrets.add(api_key.token, basic)
  const server = app.api.with({ authorization: `Basic ${basic}` })
  const { token } = await makeLink(server, customer.id)
  ok(await app.store.post(`${SESSIONS}/preview`, { token }))
  const nonce = "a-nonce-of-the-browser-0001"
  ok(await exchange(app.store, token, { nonce }))
  const again = ok(await exchange(app.store, token, { nonce }))
  const session = app.store.as(again.token)
  for (const path of [
    SESSION,
    `${SECURITY}/sessions`,
    "/store/portal/overview",
  ]) {
    ok(await session.get(path))
  }
  // What goes wrong is logged more often than what goes right.
  await exchange(app.store, token)
  await exchange(app.store, `${token}x`)
  await app.store.post(`${SESSIONS}/exchange`, { token, nonce: "short" })
  await app.store.post(`${SESSIONS}/preview`, { token: [token] })
  await app.store.as(`${again.token}x`).get(SESSION)
  await app.store.as(again.token).get(ME)
  ok(await session.delete(SESSION))
  await session.get(SESSION)
}

/** A sign-in mail, its code, and its link. */
export async function signInByMail({ app, mail }: Run): Promise<void> {
  const { email } = await registerCustomer(app)
  const ask = async () =>
    ok(
      await app.store.post<{ login_request: { id: string } }>(
        "/store/portal/login-requests",
        { email }
      )
    ).login_request.id
  const first = await ask()
  const code = await mail(email, /\b([0-9A-Z]{4}-[0-9A-Z]{4})\b/)
  const link = await mail(email, /#t=(ppl_[\w.-]+)/)
  const verify = `/store/portal/login-requests/${first}/verify`
  await app.store.post(verify, { code: WRONG_CODE })
  ok(await app.store.post(verify, { code }))
  await app.store.post(verify, { code })
  await exchange(app.store, link)
}

/** Second factor, step-up, password, export, a link with a second factor. */
export async function secureAccount({ app, secrets }: Run): Promise<void> {
  const customer = await registerCustomer(app)
  const admin = await adminClient(app)
  const opened = await openSession(app, admin, customer.id)
  await opened.post(`${SESSION}/step-up`, { password: "not this one" })
  const session = await steppedUp(app, opened, { password: customer.password })
  ok(await session.get("/store/portal/data-export"))
  const { secret, factor } = ok(
    await session.post<{ secret: string; factor: { id: string } }>(
      `${SECURITY}/mfa/enroll`,
      {}
    )
  )
  const totp = (offset: number) => {
    const code = generateTotpCode({
      secret,
      timestamp: Date.now() + offset * 30_000,
    })
    secrets.add(code)
    return code
  }
  ok(
    await session.post(`${SECURITY}/mfa/verify`, {
      factor_id: factor.id,
      code: totp(-1),
    })
  )
  const { recovery_codes } = ok(
    await session.post<{ recovery_codes: string[] }>(
      `${SECURITY}/mfa/recovery-codes`,
      {}
    )
  )
  ok(
    await session.post(`${SECURITY}/password`, {
      current_password: customer.password,
      new_password: "another horse, another battery",
    })
  )
  const bound = await openSession(app, admin, customer.id)
  await bound.get(`${SECURITY}/sessions`)
  await bound.post(`${SESSION}/mfa`, { code: "not a code" })
  const proven = await steppedUp(app, bound, { code: totp(0) }, "mfa")
  await steppedUp(app, proven, {
    method: "recovery_code",
    code: recovery_codes[0],
  })
}

/** An expired link that mails a fresh one. */
export async function recoverLink(
  { app, mail }: Run,
  expire: (id: string) => Promise<unknown>
): Promise<void> {
  const customer = await registerCustomer(app)
  const link = await makeLink(await adminClient(app), customer.id, {
    after_expiration: { recover_seconds: 3600 },
  })
  await expire(link.id)
  const { token } = link
  await exchange(app.store, token)
  ok(await app.store.post(`${SESSIONS}/recover`, { token }))
  const fresh = await mail(customer.email, /#t=(ppl_[\w.-]+)/)
  ok(await exchange(app.store, fresh))
}

/** A forgotten password, a change of address, Medusa's own sign-ins. */
export async function recoverAccount({ app, mail }: Run): Promise<void> {
  const customer = await registerCustomer(app)
  const { email } = customer
  await app.api.post(LOGIN, { email, password: "a wrong password" })
  // A cookie is for https only, which a proxy would have ended.
  const https = { "x-forwarded-proto": "https" }
  const signedIn = await customer.api.with(https).post("/auth/session")
  const cookie = cookieOf(signedIn.headers.get("set-cookie"))
  ok(
    await app.store
      .with({ ...https, cookie })
      .post(`${SESSIONS}/from-customer`, {})
  )
  ok(await customer.api.post("/auth/token/refresh", {}))

  const next = "moved-to@shop.test"
  ok(await customer.api.post(`${SECURITY}/email-change`, { email: next }))
  for (const [side, to] of [
    ["new", next],
    ["old", email],
  ]) {
    const code = await mail(to ?? "", /&code=([0-9A-Z]{8})/)
    await customer.api.post(`${SECURITY}/email-change/confirm`, {
      side,
      code: WRONG_CODE,
    })
    ok(
      await customer.api.post(`${SECURITY}/email-change/confirm`, {
        side,
        code,
      })
    )
  }

  const identifier = next
  ok(await app.api.post(`${LOGIN}/reset-password`, { identifier }))
  const reset = await mail(next, /#token=([\w.-]+)/)
  const password = "a password after the reset"
  for (const token of [`${reset}x`, reset, reset]) {
    await app.api.as(token).post(`${LOGIN}/update`, { password })
  }
  ok(await app.api.post(LOGIN, { email: next, password }))
}

/** An invitation, and a card's SetupIntent. */
export async function shareAndPay({ app, mail }: Run): Promise<void> {
  const owner = await registerCustomer(app)
  const member = await registerCustomer(app)
  ok(await owner.api.post(MEMBERS, { email: member.email, role: "viewer" }))
  const token = await mail(member.email, /#i=(pmi_\w+)/)
  await owner.api.post(`${MEMBERS}/accept`, { token })
  // Only who has read mail at the invited address may.
  await member.api.post(`${MEMBERS}/accept`, { token })
  const { email } = member
  ok(await app.store.post("/store/portal/login-requests", { email }))
  const link = await mail(email, /#t=(ppl_[\w.-]+)/)
  const session = ok(await exchange(app.store, link))
  ok(await app.store.as(session.token).post(`${MEMBERS}/accept`, { token }))
  ok(
    await owner.api.post("/store/portal/payment-methods/setup", {
      provider_id: "pp_stripe_stripe",
    })
  )
}

async function openSession(
  app: PortalTestApp,
  admin: HttpClient,
  customerId: string
): Promise<HttpClient> {
  const { token } = await makeLink(admin, customerId)
  return app.store.as(ok(await exchange(app.store, token)).token)
}
