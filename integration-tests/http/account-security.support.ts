import { generateTotpCode } from "@medusajs/auth/dist/utils/totp"
import { generateJwtToken } from "@medusajs/framework/utils"
import {
  emptyMailbox,
  registerCustomer,
  waitForMail,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"
import { ok, type HttpClient } from "../helpers/http"
import { textOf } from "../helpers/portal"

/** Core's sign-in of customers. */
export const LOGIN = "/auth/customer/emailpass"
/** A core route that takes a customer's login. */
export const ME = "/store/customers/me"
/** The portal's routes about sign-in. */
export const SECURITY = "/store/portal/security"
export const FIREFOX =
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

/** The token of a mail to reset the password. */
export async function resetToken(
  app: PortalTestApp,
  email: string
): Promise<string> {
  ok(await app.api.post(`${LOGIN}/reset-password`, { identifier: email }))
  const mail = await waitForMail({ to: email, template: "password-reset" })
  return /#token=([\w.-]+)/.exec(mail.content?.html ?? "")?.[1] ?? ""
}

/** A token that the store signed without a sign-in. */
export async function minted(
  app: PortalTestApp,
  customer: TestCustomer,
  {
    expiresIn = "1h",
    auth_provider,
  }: { expiresIn?: string; auth_provider?: string }
): Promise<string> {
  const { projectConfig } = app.container().resolve("configModule")
  return generateJwtToken(
    {
      actor_id: customer.id,
      actor_type: "customer",
      auth_identity_id: "authid_none",
      app_metadata: { customer_id: customer.id },
      ...(auth_provider && { auth_provider }),
    },
    { secret: projectConfig.http.jwtSecret, expiresIn }
  )
}

export function withCookie(app: PortalTestApp, cookie: string) {
  return app.store.with({ cookie })
}

export function cookieOf(header: string | null): string {
  return /connect\.sid=[^;]+/.exec(header ?? "")?.[0] ?? ""
}

export function devices(app: PortalTestApp, customerId: string, kind: string) {
  return app.db<{
    id: string
    device_label: string | null
    is_revoked: boolean
  }>(
    `select id, device_label, revoked_at is not null as is_revoked
     from portal_device where customer_id = ? and kind = ?`,
    [customerId, kind]
  )
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

export function nextSecond(): Promise<void> {
  return sleep(1000 - (Date.now() % 1000) + 20)
}

export type Enrolment = { secret: string; mfa_factor: { id: string } }
export type Challenge = { id: string; token: string }

/** A customer with a second factor; their token from before is dead. */
export async function withTotp(
  app: PortalTestApp
): Promise<{ customer: TestCustomer; secret: string; factor_id: string }> {
  const customer = await registerCustomer(app)
  const { secret, mfa_factor } = ok(
    await customer.api.post<Enrolment>("/auth/mfa/factors", {
      provider: "totp",
    })
  )
  // The step before, so that the present one is left to sign in with.
  const code = generateTotpCode({ secret, timestamp: Date.now() - 30_000 })
  ok(
    await customer.api.post(`/auth/mfa/factors/${mfa_factor.id}/verify`, {
      code,
    })
  )
  return { customer, secret, factor_id: mfa_factor.id }
}

export async function challenge(
  app: PortalTestApp,
  { email, password }: TestCustomer
): Promise<Challenge> {
  const { mfa_challenge, token } = ok(
    await app.api.post<{ mfa_challenge: { id: string }; token: string }>(
      LOGIN,
      { email, password }
    )
  )
  return { id: mfa_challenge.id, token }
}

export function answerChallenge(
  app: PortalTestApp,
  { id, token }: Challenge,
  code: string,
  method = "totp"
) {
  return app.api
    .as(token)
    .post<{ token: string }>(`/auth/mfa/challenges/${id}/verify`, {
      method,
      code,
    })
}

/** Begins a change of address; the codes that both mailboxes got. */
export async function askForAddress(
  { api, email: old }: TestCustomer,
  email: string
): Promise<{ old: string; new: string }> {
  ok(await api.post(`${SECURITY}/email-change`, { email }))
  const code = async (to: string, template: string) => {
    const mail = await waitForMail({ to, template })
    return /&code=([0-9A-Z]{8})/.exec(textOf(mail))?.[1] ?? ""
  }
  const codes = {
    old: await code(old, "email-change-confirm-old"),
    new: await code(email, "email-change-confirm-new"),
  }
  // Of the next change's mails none must be taken for these.
  emptyMailbox()
  return codes
}

/** Sends the code of one mailbox. */
export function confirmAddress(
  api: HttpClient,
  side: "old" | "new",
  code: string
) {
  return api.post(`${SECURITY}/email-change/confirm`, { side, code })
}

export async function emailOf(
  app: PortalTestApp,
  id: string
): Promise<string | undefined> {
  const [row] = await app.db<{ email: string }>(
    "select email from customer where id = ?",
    [id]
  )
  return row?.email
}
