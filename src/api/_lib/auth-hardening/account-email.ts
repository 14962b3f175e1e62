import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../../errors/error-handler"
import { portalError } from "../../../errors/portal-error"
import { EMAILPASS } from "../../../workflows/account-security/identities"
import { hasAccountOf } from "../../../workflows/account-security/has-account"
import { portalOptions } from "../../../workflows/portal-sessions/services"

/**
 * Before `POST /store/customers`: an account has the address that its owner signs
 * in with. Core takes any, so that somebody could wait in an account of another
 * person's address until that person comes.
 *
 * @throws `account_email_mismatch` (400); `account_exists` (422)
 */
export const accountEmailGuard = withPortalErrors(
  async function accountEmailGuard(
    req: MedusaRequest,
    _res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    const body = req.validatedBody as { email?: unknown } | undefined
    const { matchAccountEmail } = portalOptions(req.scope).security
    if (matchAccountEmail && typeof body?.email === "string") {
      const email = body.email.toLowerCase()
      const own = await addressOfSignIn(req)
      if (own !== undefined && own !== email) {
        throw portalError("account_email_mismatch")
      }
      if (await hasAccountOf(req.scope, email)) {
        throw portalError("account_exists")
      }
      body.email = email
    }
    next()
  }
)

/** What a sign-in by password or by a social provider says the address is. */
async function addressOfSignIn(
  req: MedusaRequest
): Promise<string | undefined> {
  const { auth_context: context } = req as AuthenticatedMedusaRequest
  const [identity] = await req.scope
    .resolve(Modules.AUTH)
    .listAuthIdentities(
      { id: [context.auth_identity_id] },
      { relations: ["provider_identities"], take: 1 }
    )
  const withPassword = identity?.provider_identities?.find(
    ({ provider }) => provider === EMAILPASS
  )
  const told = withPassword?.entity_id ?? context.user_metadata.email
  return typeof told === "string" ? told.toLowerCase() : undefined
}
