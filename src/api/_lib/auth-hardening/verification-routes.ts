/** `/auth/verification`: whether a sign-in's address is its owner's. */
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../../errors/portal-error"
import { noteVerification } from "../../../workflows/account-security/verification"
import { enforceLimits } from "../../../workflows/limits/enforce-limits"
import { portalOptions } from "../../../workflows/portal-sessions/services"
import { beforeAnswer } from "./answer"
import { actingClaims } from "./credentials"
import { bodyOf, setBody } from "./password-routes"

/**
 * Before a code is mailed: only to an address that the caller signs in with.
 *
 * @throws `entity_not_own` (400); `rate_limited` (429)
 */
export async function beforeVerificationRequest(
  req: MedusaRequest,
  res: MedusaResponse
): Promise<void> {
  const auth_identity_id = actingClaims(req)?.auth_identity_id
  const { entity_id } = bodyOf(req)
  if (!auth_identity_id || typeof entity_id !== "string") {
    return
  }
  if (portalOptions(req.scope).security.throttling) {
    await enforceLimits(req.scope, [
      { limit: "verificationPerIdentity", key: auth_identity_id },
    ])
  }
  const own = await ownEntity(req, auth_identity_id, entity_id)
  if (own === undefined) {
    throw portalError("entity_not_own")
  }
  // Mails are built from the event, which repeats what a caller added.
  setBody(req, { entity_id: own, metadata: {} })
  beforeAnswer(req, res, ({ body }) =>
    Promise.resolve({ ...body, verification: withoutHash(body.verification) })
  )
}

/** After a code was taken: its address is proven, for the sign-in that asked. */
export function beforeVerificationConfirm(
  req: MedusaRequest,
  res: MedusaResponse
): void {
  beforeAnswer(req, res, async ({ status, body }) => {
    if (status === 200 && typeof body.entity_id === "string") {
      await noteVerification(req.scope, body.entity_id)
    }
  })
}

/** A sign-in that waits for a verification shows it: without the code's hash. */
export function stripVerification(
  req: MedusaRequest,
  res: MedusaResponse
): void {
  beforeAnswer(req, res, ({ body }) =>
    Promise.resolve(
      body.verification === undefined
        ? undefined
        : { ...body, verification: withoutHash(body.verification) }
    )
  )
}

async function ownEntity(
  req: MedusaRequest,
  auth_identity_id: string,
  entity_id: string
): Promise<string | undefined> {
  const [identity] = await req.scope
    .resolve(Modules.AUTH)
    .listAuthIdentities(
      { id: [auth_identity_id] },
      { relations: ["provider_identities"], take: 1 }
    )
  const wanted = entity_id.toLowerCase()
  return identity?.provider_identities
    ?.map((one) => one.entity_id)
    .find((own) => own.toLowerCase() === wanted)
}

function withoutHash(verification: unknown): unknown {
  if (typeof verification !== "object" || verification === null) {
    return verification
  }
  const { provider_metadata: _hash, ...shown } = verification as Record<
    string,
    unknown
  >
  return shown
}
