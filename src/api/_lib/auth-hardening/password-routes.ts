/** `/auth/:actor/:provider` and below: sign in, register, reset, new password. */
import { randomBytes, scrypt } from "node:crypto"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { portalError } from "../../../errors/portal-error"
import { MAX_PASSWORD_BYTES } from "../../../shared/password-policy"
import {
  findSignIn,
  isEmailAddress,
} from "../../../workflows/account-security/addresses"
import { EMAILPASS } from "../../../workflows/account-security/identities"
import { checkNewPassword } from "../../../workflows/account-security/password"
import {
  takeTries,
  type TriedBy,
} from "../../../workflows/account-security/tries"
import { enforceLimits } from "../../../workflows/limits/enforce-limits"
import { portalOptions } from "../../../workflows/portal-sessions/services"
import { clientIp } from "../client"
import { beforeAnswer, takeAtLeast } from "./answer"
import { awaitCutOff, watchIssuedToken } from "./issued-tokens"

/** Of a path: `/auth/:actor/:provider`. */
export type ProviderPath = { actor: string; provider: string }

type Body = Record<string, unknown>

const MAX_EMAIL = 254
/** What Medusa's own hashing costs. */
const SCRYPT = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

/**
 * Before a sign-in: counts failures by network address and by address, and makes
 * an unknown address take as long as a known one.
 *
 * @returns whether core may go on
 */
export async function beforeSignIn(
  req: MedusaRequest,
  res: MedusaResponse,
  { actor, provider }: ProviderPath
): Promise<boolean> {
  const { loginMinMs, revocation } = portalOptions(req.scope).security
  const { email, password } = credentialsIn(req, provider)
  if (email === null) {
    if (actor === "user") {
      return true
    }
    await countTries(req, res, [{ limit: "loginTriesPerIp", key: ipOf(req) }])
    watchIssuedToken(req, res)
    return true
  }
  const { entity_id, identity } = await findSignIn(req.scope, provider, email)
  const customer_id = identity?.app_metadata?.customer_id
  if (actor === "user" && identity?.app_metadata?.user_id) {
    // An admin's sign-in stays as it is. A customer's password tried at the
    // admins' door is still a customer's password.
    return true
  }
  takeAtLeast(res, loginMinMs)
  await countTries(req, res, [
    { limit: "loginTriesPerIp", key: ipOf(req) },
    { limit: "passwordTries", key: `sign-in:${entity_id}` },
  ])
  if (isTooMuch(email, password)) {
    res.status(401).json({
      type: "unauthorized",
      message: "Invalid email or password",
    })
    return false
  }
  setBody(req, { email: entity_id })
  const before =
    revocation && typeof customer_id === "string"
      ? await awaitCutOff(req, customer_id)
      : undefined
  if (!identity) {
    await hashInVain(password)
  }
  watchIssuedToken(req, res, before)
  return true
}

/**
 * Before a registration: the address and the password must be good enough, and
 * an address that is taken takes as long, and says no more, than it must.
 */
export async function beforeRegistration(
  req: MedusaRequest,
  res: MedusaResponse,
  { provider }: ProviderPath
): Promise<void> {
  const { loginMinMs, normalizeEmail, throttling } = portalOptions(
    req.scope
  ).security
  if (throttling) {
    await enforceLimits(req.scope, [{ limit: "registerPerIp", key: ipOf(req) }])
  }
  const { email, password } = credentialsIn(req, provider)
  if (email === null) {
    return
  }
  if (normalizeEmail && !isEmailAddress(email)) {
    throw portalError("email_invalid")
  }
  checkNewPassword(req.scope, password, email)
  takeAtLeast(res, loginMinMs)
  if (normalizeEmail) {
    const { entity_id, identity } = await findSignIn(req.scope, provider, email)
    setBody(req, { email: entity_id })
    if (identity) {
      await hashInVain(password)
    }
  }
  beforeAnswer(req, res, ({ status }) => {
    if (status === 401) {
      throw portalError("registration_refused")
    }
    return Promise.resolve(undefined)
  })
}

/** The e-mail address and password of a body, where the provider has them. */
function credentialsIn(
  req: MedusaRequest,
  provider: string
): { email: string | null; password: string } {
  const { email, password } = bodyOf(req)
  return provider === EMAILPASS &&
    typeof email === "string" &&
    typeof password === "string"
    ? { email, password }
    : { email: null, password: "" }
}

function isTooMuch(email: string, password: string): boolean {
  return (
    email.length > MAX_EMAIL ||
    Buffer.byteLength(password, "utf8") > MAX_PASSWORD_BYTES
  )
}

/** Takes a try of each, and gives them back when core says yes. */
async function countTries(
  req: MedusaRequest,
  res: MedusaResponse,
  tries: TriedBy[]
): Promise<void> {
  if (!portalOptions(req.scope).security.throttling) {
    return
  }
  const giveBack = await takeTries(req.scope, tries)
  beforeAnswer(req, res, async ({ status }) => {
    if (status === 200) {
      await giveBack()
    }
  })
}

/** What comparing a password would have cost. */
async function hashInVain(password: string): Promise<void> {
  await new Promise<void>((resolve) => {
    scrypt(password, randomBytes(16), 64, SCRYPT, () => {
      resolve()
    })
  })
}

/** The caller's network address, to count by. */
export function ipOf(req: MedusaRequest): string {
  return clientIp(req) ?? ""
}

/** A body as core's routes below `/auth` take it. */
export function bodyOf(req: MedusaRequest): Body {
  const { body } = req as { body: unknown }
  return typeof body === "object" && body !== null ? (body as Body) : {}
}

/** Replaces fields of the body before core reads it. */
export function setBody(req: MedusaRequest, fields: Body): void {
  req.body = { ...bodyOf(req), ...fields }
}
