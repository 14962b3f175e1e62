/** A forgotten password: the request of a link, and what the link does. */
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { portalError } from "../../../errors/portal-error"
import { findSignIn } from "../../../workflows/account-security/addresses"
import { EMAILPASS } from "../../../workflows/account-security/identities"
import {
  awaitMailbox,
  type Release,
} from "../../../workflows/account-security/mailbox-claim"
import {
  afterPasswordChange,
  checkNewPassword,
} from "../../../workflows/account-security/password"
import { noteOwnMailbox } from "../../../workflows/account-security/note-own-mailbox"
import {
  countAgainstLimits,
  enforceLimits,
} from "../../../workflows/limits/enforce-limits"
import { pseudonym } from "../../../workflows/portal-sessions/secrets"
import {
  portalOptions,
  portalSessions,
} from "../../../workflows/portal-sessions/services"
import { beforeAnswer, takeAtLeast } from "./answer"
import { shownBearer } from "./credentials"
import { bodyOf, ipOf, setBody, type ProviderPath } from "./password-routes"

/** Longer than core's links live. */
const CLAIM_SECONDS = 3600

/**
 * Before a mail with a link to reset a password: what the caller adds is dropped,
 * since mails are built from it, and one address gets only a few.
 *
 * @returns whether core may go on
 */
export async function beforeResetRequest(
  req: MedusaRequest,
  res: MedusaResponse,
  { provider }: ProviderPath
): Promise<boolean> {
  const { throttling, resetHardening, loginMinMs } = portalOptions(
    req.scope
  ).security
  takeAtLeast(res, loginMinMs)
  if (throttling) {
    await enforceLimits(req.scope, [{ limit: "resetPerIp", key: ipOf(req) }])
  }
  const { identifier } = bodyOf(req)
  if (typeof identifier !== "string") {
    return true
  }
  const { entity_id } = await findSignIn(
    req.scope,
    provider,
    identifier.slice(0, 254)
  )
  if (resetHardening) {
    req.body = { identifier: entity_id }
  } else {
    setBody(req, { identifier: entity_id })
  }
  if (!throttling) {
    return true
  }
  const { allowed } = await countAgainstLimits(req.scope, [
    { limit: "resetPerEmail", key: entity_id },
  ])
  if (!allowed) {
    // As if it had been sent: who asks must not learn that somebody else did.
    res.sendStatus(201)
  }
  return allowed
}

/**
 * Before a new password by such a link. Core reads the token and then deletes it,
 * so that several at once would all find it; here one of them claims it first.
 */
export async function beforePasswordUpdate(
  req: MedusaRequest,
  res: MedusaResponse,
  { actor, provider }: ProviderPath
): Promise<void> {
  const claims = shownBearer(req)?.claims
  const { jti, entity_id } = claims ?? {}
  if (claims?.purpose !== "reset" || !jti || !entity_id) {
    // Core refuses it.
    return
  }
  const { identity } = await findSignIn(req.scope, provider, entity_id)
  const { customer_id, user_id } = identity?.app_metadata ?? {}
  if (actor === "user" && user_id) {
    return
  }
  const { password } = bodyOf(req)
  if (provider === EMAILPASS && typeof password === "string") {
    checkNewPassword(req.scope, password, entity_id)
  }
  const release = await claimToken(req, jti)
  if (typeof customer_id !== "string") {
    beforeAnswer(req, res, async ({ status }) => {
      if (status !== 200) {
        await release()
      }
    })
    return
  }
  const done = await turnOf(req, customer_id, release)
  beforeAnswer(req, res, async ({ status }) => {
    try {
      if (status !== 200) {
        await release()
        return
      }
      // Whoever has the token has read the mail.
      await noteOwnMailbox(req.scope, { customer_id, email: entity_id })
    } finally {
      await done()
    }
    await afterPasswordChange(req.scope, {
      customer_id,
      reason: "password_reset",
    })
  })
}

/** Nobody may take away the new password as one from before the mail was read. */
async function turnOf(
  req: MedusaRequest,
  customer_id: string,
  release: () => Promise<void>
): Promise<Release> {
  try {
    return await awaitMailbox(req.scope, customer_id)
  } catch (error) {
    await release()
    throw error
  }
}

async function claimToken(
  req: MedusaRequest,
  jti: string
): Promise<() => Promise<void>> {
  if (!portalOptions(req.scope).security.resetHardening) {
    return () => Promise.resolve()
  }
  const key = `reset:${pseudonym(req.scope, jti)}`
  const sessions = portalSessions(req.scope)
  if (!(await sessions.claimOnce({ key, seconds: CLAIM_SECONDS }))) {
    throw portalError("unauthorized", { message: "Invalid token" })
  }
  return async () => {
    await sessions.releaseClaim(key)
  }
}
