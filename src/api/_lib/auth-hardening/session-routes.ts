/** `/auth/session`: a cookie for a token, and its end. */
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { portalError } from "../../../errors/portal-error"
import { recordSignIn } from "../../../workflows/account-security/devices"
import {
  portalOptions,
  portalSessions,
} from "../../../workflows/portal-sessions/services"
import { clientOf } from "../client"
import { beforeAnswer } from "./answer"
import {
  cookieKey,
  renewSession,
  sessionOf,
  shownBearer,
  shownCookie,
} from "./credentials"

/**
 * Before a cookie is handed out: a new session id, so that nobody who knew the
 * old one is signed in with it, and no longer life than the token has.
 *
 * @throws `unauthorized` for a token that did not come from a sign-in
 */
export async function beforeCookie(
  req: MedusaRequest,
  res: MedusaResponse
): Promise<void> {
  const { cookieHardening, deviceTracking } = portalOptions(req.scope).security
  const claims = shownBearer(req)?.claims
  if (!claims || claims.actor_type === "user") {
    return
  }
  if (cookieHardening) {
    if (!claims.auth_provider) {
      throw portalError("unauthorized")
    }
    await renewSession(req)
    capLife(req, claims.exp)
  }
  const { actor_id, actor_type, exp } = claims
  if (!deviceTracking || !actor_id || actor_type !== "customer") {
    return
  }
  beforeAnswer(req, res, async ({ status }) => {
    const session = sessionOf(req)
    if (status === 200 && session) {
      await recordSignIn(req.scope, {
        customer_id: actor_id,
        kind: "cookie",
        token_hash: cookieKey(session.id),
        expires_at: new Date((exp ?? 0) * 1000),
        client: clientOf(req),
      })
    }
  })
}

/** Before a cookie ends: what the browser kept beside it goes, too. */
export function beforeCookieEnds(
  req: MedusaRequest,
  res: MedusaResponse
): void {
  const cookie = shownCookie(req)
  if (!cookie || cookie.claims.actor_type === "user") {
    return
  }
  res.setHeader("Clear-Site-Data", '"cache", "storage"')
  beforeAnswer(req, res, async () => {
    await portalSessions(req.scope).endSignIn(cookie.hash)
  })
}

function capLife(req: MedusaRequest, exp: number | undefined): void {
  const session = sessionOf(req)
  if (!session || exp === undefined) {
    return
  }
  const left = Math.max(exp * 1000 - Date.now(), 0)
  session.cookie.maxAge = Math.min(session.cookie.maxAge ?? left, left)
}
