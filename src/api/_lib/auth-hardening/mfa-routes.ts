/** `/auth/mfa`: core's second factor, with tries that the database hands out. */
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { afterMfaChange } from "../../../workflows/account-security/mfa-changes"
import { tellOfRecoveryCode } from "../../../workflows/account-security/mfa-mails"
import {
  beginMfaTry,
  discardPendingFactors,
} from "../../../workflows/account-security/mfa"
import { beforeAnswer } from "./answer"
import { actingClaims, type Claims } from "./credentials"
import { awaitCutOff, watchIssuedToken } from "./issued-tokens"
import { bodyOf } from "./password-routes"

/** Longer than any code. */
const MAX_CODE = 100

type Acting = { auth_identity_id: string; customer_id: string | null }

/** Before the second factor of a sign-in. */
export async function beforeChallenge(
  req: MedusaRequest,
  res: MedusaResponse,
  { id }: { id: string }
): Promise<void> {
  const acting = await actingIdentity(req)
  if (!acting) {
    return
  }
  const { customer_id, auth_identity_id } = acting
  const before =
    customer_id === null ? undefined : await awaitCutOff(req, customer_id)
  await tryCode(req, res, auth_identity_id, id)
  watchIssuedToken(req, res, before)
  const { method } = bodyOf(req)
  beforeAnswer(req, res, ({ status }) => {
    if (status === 200 && method === "recovery_code" && customer_id !== null) {
      void tellOfRecoveryCode(req.scope, { customer_id, auth_identity_id })
    }
    return Promise.resolve(undefined)
  })
}

/** Before an enrolment: one that was left unfinished makes room. */
export async function beforeEnrolment(req: MedusaRequest): Promise<void> {
  const acting = await actingIdentity(req)
  const { provider } = bodyOf(req)
  if (acting && typeof provider === "string") {
    await discardPendingFactors(req.scope, {
      auth_identity_id: acting.auth_identity_id,
      provider,
    })
  }
}

/** Before the code that ends an enrolment. */
export async function beforeFactorIsVerified(
  req: MedusaRequest,
  res: MedusaResponse,
  { id }: { id: string }
): Promise<void> {
  await beforeFactorChanges(req, res, id, "enabled")
}

/** Before a factor is removed. */
export async function beforeFactorIsRemoved(
  req: MedusaRequest,
  res: MedusaResponse,
  { id }: { id: string }
): Promise<void> {
  await beforeFactorChanges(req, res, id, "removed")
}

/** A code costs a try; a factor that changes ends what was signed in before. */
async function beforeFactorChanges(
  req: MedusaRequest,
  res: MedusaResponse,
  id: string,
  to: "enabled" | "removed"
): Promise<void> {
  const acting = await actingIdentity(req)
  if (!acting) {
    return
  }
  const wasEnabled = await isEnabled(req, id, acting.auth_identity_id)
  await tryCode(req, res, acting.auth_identity_id, id)
  endOthers(req, res, acting, wasEnabled === (to === "removed"))
}

async function isEnabled(
  req: MedusaRequest,
  id: string,
  auth_identity_id: string
): Promise<boolean> {
  const [factor] = await req.scope
    .resolve(Modules.AUTH)
    .listAuthMfa({ id: [id], auth_identity_id, status: "enabled" })
  return factor !== undefined
}

async function tryCode(
  req: MedusaRequest,
  res: MedusaResponse,
  auth_identity_id: string,
  challenge: string
): Promise<void> {
  const { code } = bodyOf(req)
  if (typeof code !== "string") {
    return
  }
  const attempt = await beginMfaTry(req.scope, {
    auth_identity_id,
    challenge_key: challenge.slice(0, MAX_CODE),
    code: code.slice(0, MAX_CODE),
  })
  beforeAnswer(req, res, async ({ status }) => {
    await (status === 200 ? attempt.accept() : attempt.refuse())
  })
}

function endOthers(
  req: MedusaRequest,
  res: MedusaResponse,
  { customer_id }: Acting,
  isChange: boolean
): void {
  beforeAnswer(req, res, async ({ status }) => {
    if (status === 200 && isChange && customer_id !== null) {
      await afterMfaChange(req.scope, { customer_id })
    }
  })
}

/**
 * Whose second factor it is about. An admin's is left alone; a token for any
 * other kind of actor is as good for guessing a customer's codes.
 */
async function actingIdentity(req: MedusaRequest): Promise<Acting | null> {
  const claims: Claims | null = actingClaims(req)
  const auth_identity_id = claims?.auth_identity_id
  if (!claims || !auth_identity_id) {
    return null
  }
  const [identity] = await req.scope
    .resolve(Modules.AUTH)
    .listAuthIdentities(
      { id: [auth_identity_id] },
      { select: ["id", "app_metadata"], take: 1 }
    )
  const { customer_id, user_id } = identity?.app_metadata ?? {}
  if (!identity || (claims.actor_type === "user" && user_id)) {
    return null
  }
  return {
    auth_identity_id,
    customer_id: typeof customer_id === "string" ? customer_id : null,
  }
}
