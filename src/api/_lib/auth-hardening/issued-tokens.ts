import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { portalError } from "../../../errors/portal-error"
import { recordSignIn } from "../../../workflows/account-security/devices"
import {
  portalOptions,
  portalSessions,
} from "../../../workflows/portal-sessions/services"
import { clientOf } from "../client"
import { beforeAnswer, type Answer } from "./answer"
import { tokenKey, verifyToken } from "./credentials"

/** Longer than the rest of a second, which is what a cut-off lies ahead. */
const MAX_WAIT_MS = 1500

/** What was the cut-off of a customer when a sign-in began. */
export type CutOff = { customer_id: string; valid_after: number }

/**
 * The cut-off of a customer. Where it lies in this very second, waits for the
 * next: a token's time has whole seconds, and one of this second is an old one.
 */
export async function awaitCutOff(
  req: MedusaRequest,
  customer_id: string
): Promise<CutOff> {
  const valid_after = await cutOffOf(req, customer_id)
  const wait = valid_after * 1000 - Date.now()
  if (wait > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, Math.min(wait, MAX_WAIT_MS))
    })
  }
  return { customer_id, valid_after }
}

/**
 * Sees the token that core hands out: notes it for the list of sign-ins, and
 * holds it back where everything was ended while core compared passwords.
 *
 * @param before - the cut-off from before core looked, where it is known who asks
 */
export function watchIssuedToken(
  req: MedusaRequest,
  res: MedusaResponse,
  before?: CutOff
): void {
  beforeAnswer(req, res, async (answer) => {
    const token = issuedToken(answer)
    const claims = token === null ? null : verifyToken(req, token)
    if (
      token === null ||
      !claims?.actor_id ||
      claims.actor_type !== "customer"
    ) {
      return undefined
    }
    const { revocation, deviceTracking } = portalOptions(req.scope).security
    if (revocation) {
      await refuseOvertaken(req, claims.actor_id, claims.iat ?? 0, before)
    }
    if (deviceTracking) {
      await recordSignIn(req.scope, {
        customer_id: claims.actor_id,
        kind: "jwt",
        token_hash: tokenKey(token),
        expires_at: new Date((claims.exp ?? 0) * 1000),
        client: clientOf(req),
      })
    }
    return undefined
  })
}

async function refuseOvertaken(
  req: MedusaRequest,
  customer_id: string,
  issued_at: number,
  before: CutOff | undefined
): Promise<void> {
  const valid_after = await cutOffOf(req, customer_id)
  const isOvertaken =
    before?.customer_id === customer_id && before.valid_after !== valid_after
  if (isOvertaken || issued_at < valid_after) {
    throw portalError("rate_limited", {
      message: "Everything was signed out just now. Sign in again.",
      details: { retry_after: 1 },
    })
  }
}

async function cutOffOf(
  req: MedusaRequest,
  customer_id: string
): Promise<number> {
  const { valid_after } = await portalSessions(req.scope).freshVerdict({
    customer_id,
    token_hashes: [],
  })
  return valid_after
}

function issuedToken({ status, body }: Answer): string | null {
  return status === 200 && typeof body.token === "string" ? body.token : null
}
