import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../../errors/error-handler"
import { portalError } from "../../../errors/portal-error"
import {
  portalOptions,
  portalSessions,
} from "../../../workflows/portal-sessions/services"
import { fitPath, pathSegments } from "./auth-path"
import {
  customerOf,
  renewSession,
  shownBearer,
  shownCookie,
  type Shown,
} from "./credentials"

/** Routes that take no credential: an old cookie beside them is only dropped. */
const WITHOUT_CREDENTIAL = [
  "auth/:actor/:provider",
  "auth/:actor/:provider/register",
  "auth/:actor/:provider/callback",
  "auth/:actor/:provider/reset-password",
  "auth/:actor/:provider/update",
]
const NOT_PROVIDERS = ["mfa", "token", "verification"]

/**
 * Refuses tokens and cookies of customers that were ended. Core verifies a
 * token's signature and time, and asks nobody. One SQL statement a request, and
 * none without a customer's credential; below `/store` the verdict may be five
 * seconds old. What hands out new credentials, below `/auth`, always reads it.
 */
export const revocationGuard = withPortalErrors(async function revocationGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) {
  const cookie = shownCookie(req)
  const bearer = shownBearer(req)
  const segments = pathSegments(req) ?? []
  const isAuth = segments[0]?.toLowerCase() === "auth"
  if (cookie && !(await counts(req, cookie, isAuth))) {
    await renewSession(req)
    // Below /store Medusa has read the cookie already.
    if (!isAuth || !(bearer || needsNoCredential(segments))) {
      clearCookie(req, res)
      throw portalError("session_revoked")
    }
  }
  if (
    bearer &&
    !needsNoCredential(segments) &&
    !(await counts(req, bearer, isAuth))
  ) {
    throw portalError("session_revoked")
  }
  next()
})

/** Whether a credential still counts. */
async function counts(
  req: MedusaRequest,
  shown: Shown,
  isAuth: boolean
): Promise<boolean> {
  const { revocation, cookieHardening } = portalOptions(req.scope).security
  const { claims, hash, kind } = shown
  if (kind === "cookie" && cookieHardening && isOver(shown)) {
    return false
  }
  // An actorless token is of use below /auth only.
  if (!revocation || (!isAuth && !claims.actor_id)) {
    return true
  }
  const customer_id = await customerOf(req, claims)
  if (customer_id === null) {
    return true
  }
  const sessions = portalSessions(req.scope)
  const input = { customer_id, token_hashes: [hash] }
  const verdict = isAuth
    ? await sessions.freshVerdict(input)
    : await sessions.judgeSignIn(input)
  return (
    (claims.iat ?? 0) >= verdict.valid_after && !verdict.revoked.includes(hash)
  )
}

/** A customer's cookie whose token is over: core would take it for hours more. */
function isOver({ claims }: Shown): boolean {
  const isAdmin = claims.actor_type === "user"
  return !isAdmin && (claims.exp ?? Infinity) * 1000 <= Date.now()
}

function needsNoCredential(segments: string[]): boolean {
  return (
    !NOT_PROVIDERS.includes(segments[1]?.toLowerCase() ?? "") &&
    WITHOUT_CREDENTIAL.some((pattern) => fitPath(pattern, segments))
  )
}

function clearCookie(req: MedusaRequest, res: MedusaResponse): void {
  const { sessionOptions, cookieOptions } = req.scope.resolve(
    ContainerRegistrationKeys.CONFIG_MODULE
  ).projectConfig
  res.clearCookie(sessionOptions?.name ?? "connect.sid", cookieOptions ?? {})
}
