import type { MedusaContainer } from "@medusajs/framework/types"
import { AuthEvents, Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { portalSessions } from "../portal-sessions/services"
import { EMAILPASS, identitiesOf } from "./identities"
import { discardPendingFactors, guardMfaCode } from "./mfa"
import { afterMfaChange } from "./mfa-changes"

/** A second factor without anything secret. */
export type FactorView = { id: string; provider: string; status: string }

/** Who changes a second factor, and what stays signed in. */
type Changing = { customer_id: string; keep_session_id?: string }

/**
 * Begins to set up an authenticator app. Beginning again makes a new secret.
 *
 * @throws `account_required` (400) for a guest; `not_allowed` where one is on already
 */
export async function enrollTotp(
  container: MedusaContainer,
  input: { customer_id: string; label: string; issuer: string }
): Promise<{ factor: FactorView; secret: string; otpauth_url: string | null }> {
  const auth_identity_id = await identityOf(container, input.customer_id)
  await discardPendingFactors(container, { auth_identity_id, provider: "totp" })
  const { mfa, secret, otpauth_url } = await container
    .resolve(Modules.AUTH)
    .startAuthMfa({
      auth_identity_id,
      provider: "totp",
      label: input.label,
      issuer: input.issuer,
    })
  return {
    factor: view(mfa),
    secret: secret ?? "",
    otpauth_url: otpauth_url ?? null,
  }
}

/**
 * Ends the set-up with a first code: from now on the second factor is asked for.
 *
 * @throws `not_found`; `mfa_code_invalid` (400); `rate_limited` (429)
 */
export async function verifyTotpEnrolment(
  container: MedusaContainer,
  input: Changing & { factor_id: string; code: string }
): Promise<FactorView> {
  const auth = container.resolve(Modules.AUTH)
  const { factor_id: id, code } = input
  const auth_identity_id = await identityOf(container, input.customer_id)
  const [before] = await auth.listAuthMfa({ auth_identity_id, id: [id] })
  if (!before) {
    // Not core's sentence, which repeats what the caller sent.
    throw portalError("not_found")
  }
  const factor = await guardMfaCode(
    container,
    { auth_identity_id, challenge_key: id, code },
    () => auth.verifyAuthMfa({ id, auth_identity_id, code })
  )
  if (before.status !== "enabled") {
    await emit(container, AuthEvents.MFA_ENABLED, auth_identity_id, id)
    await afterMfaChange(container, input)
    if (input.keep_session_id) {
      // It has just shown its code.
      await portalSessions(container).markSteppedUp({
        id: input.keep_session_id,
        mfa: true,
      })
    }
  }
  return view(factor)
}

/**
 * Switches a second factor off. Core may ask for a code, by its own option.
 *
 * @throws `not_found`; `mfa_code_invalid` (400); `rate_limited` (429)
 */
export async function removeFactor(
  container: MedusaContainer,
  input: Changing & { factor_id: string; method?: string; code?: string }
): Promise<FactorView> {
  const auth = container.resolve(Modules.AUTH)
  const { factor_id: id, method, code } = input
  const auth_identity_id = await identityOf(container, input.customer_id)
  const [before] = await auth.listAuthMfa({ auth_identity_id, id: [id] })
  if (!before) {
    // Not core's sentence, which repeats what the caller sent.
    throw portalError("not_found")
  }
  const disable = () => auth.disableAuthMfa({ id, method, code })
  const factor =
    code === undefined
      ? await disable()
      : await guardMfaCode(
          container,
          { auth_identity_id, challenge_key: id, code },
          disable
        )
  if (before.status === "enabled") {
    await emit(container, AuthEvents.MFA_DISABLED, auth_identity_id, id)
    await afterMfaChange(container, input)
  }
  return view(factor)
}

/**
 * Makes new recovery codes; the ones before are void.
 *
 * @throws `mfa_not_enabled` (400)
 */
export async function renewRecoveryCodes(
  container: MedusaContainer,
  customer_id: string
): Promise<string[]> {
  const auth = container.resolve(Modules.AUTH)
  const auth_identity_id = await identityOf(container, customer_id)
  const [factor] = await auth.listAuthMfa({
    auth_identity_id,
    status: "enabled",
  })
  if (!factor) {
    throw portalError("mfa_not_enabled")
  }
  const { codes } = await auth.generateAuthMfaRecoveryCodes({
    auth_identity_id,
  })
  await container.resolve(Modules.EVENT_BUS).emit({
    name: AuthEvents.MFA_RECOVERY_CODES_GENERATED,
    data: { auth_identity_id, count: codes.length },
  })
  return codes
}

/** The sign-in that a second factor belongs to: the one with a password first. */
async function identityOf(
  container: MedusaContainer,
  customer_id: string
): Promise<string> {
  const identities = await identitiesOf(container, customer_id)
  const found =
    identities.find(({ provider_identities }) =>
      provider_identities?.some(({ provider }) => provider === EMAILPASS)
    ) ?? identities[0]
  if (!found) {
    throw portalError("account_required")
  }
  return found.id
}

async function emit(
  container: MedusaContainer,
  name: string,
  auth_identity_id: string,
  mfa_id: string
): Promise<void> {
  await container.resolve(Modules.EVENT_BUS).emit({
    name,
    data: { auth_identity_id, mfa_id, provider: "totp" },
  })
}

function view(factor: { id: string; provider: string; status: string }) {
  const { id, provider, status } = factor
  return { id, provider, status }
}
