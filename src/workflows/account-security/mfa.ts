import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { pseudonym } from "../portal-sessions/secrets"
import { portalSessions } from "../portal-sessions/services"
import { tellOfRecoveryCode } from "./mfa-mails"
import { takeTries } from "./tries"

/** Longer than a code of the neighbouring time steps can be valid. */
const REPLAY_SECONDS = 180

/** Ways to show a second factor. */
export type MfaMethod = "totp" | "recovery_code"

/** Whether a customer has a second factor that is switched on. One query. */
export async function hasSecondFactor(
  container: MedusaContainer,
  customer_id: string
): Promise<boolean> {
  return (await enabledFactor(container, customer_id)) !== undefined
}

/**
 * Begins to ask for the second factor of a customer.
 *
 * @returns core's challenge and the methods that answer it
 * @throws `mfa_not_enabled` (400)
 */
export async function startMfaChallenge(
  container: MedusaContainer,
  customer_id: string
): Promise<{ id: string; auth_identity_id: string; methods: string[] }> {
  const auth_identity_id = await enabledFactor(container, customer_id)
  if (auth_identity_id === undefined) {
    throw portalError("mfa_not_enabled")
  }
  const { id, methods } = await container
    .resolve(Modules.AUTH)
    .createAuthMfaChallenge({ auth_identity_id })
  return { id, auth_identity_id, methods }
}

/** The identity of a customer that has a second factor. */
async function enabledFactor(
  container: MedusaContainer,
  customer_id: string
): Promise<string | undefined> {
  const filters = {
    status: "enabled" as const,
    // Core's type leaves the relation out; the module takes it, as any list does.
    auth_identity: { app_metadata: { customer_id } },
  }
  const [factor] = await container
    .resolve(Modules.AUTH)
    .listAuthMfa(filters, { take: 1 })
  return factor?.auth_identity_id
}

/**
 * Takes a second factor of a customer: the same counters and the same register of
 * used codes as core's own route behind the plugin's middleware.
 *
 * @throws `mfa_not_enabled`, `mfa_code_invalid` (400); `rate_limited` (429)
 * @example
 * await verifyMfaChallenge(container, { customer_id, method: "totp", code })
 */
export async function verifyMfaChallenge(
  container: MedusaContainer,
  input: { customer_id: string; method: MfaMethod; code: string }
): Promise<void> {
  const { customer_id, method, code } = input
  const challenge = await startMfaChallenge(container, customer_id)
  await guardMfaCode(
    container,
    {
      auth_identity_id: challenge.auth_identity_id,
      // Each call makes a challenge: one a person is what there is to count by.
      challenge_key: challenge.auth_identity_id,
      code,
    },
    async () => {
      await container
        .resolve(Modules.AUTH)
        .verifyAuthMfaChallenge({ id: challenge.id, method, code })
    }
  )
  if (method === "recovery_code") {
    void tellOfRecoveryCode(container, {
      customer_id,
      auth_identity_id: challenge.auth_identity_id,
    })
  }
}

/** A code that may be looked at: what is done with it once it was. */
export type MfaTry = {
  accept: () => Promise<void>
  refuse: () => Promise<void>
}

/**
 * Takes a try for a code: within the limits, and each code once. Core reads,
 * compares and writes its counter one after the other, so that it would look at
 * all of forty at once; here the database hands out the tries first.
 *
 * @throws `mfa_code_invalid` (400) where the code was used; `rate_limited` (429)
 */
export async function beginMfaTry(
  container: MedusaContainer,
  input: { auth_identity_id: string; challenge_key: string; code: string }
): Promise<MfaTry> {
  const { auth_identity_id, challenge_key, code } = input
  const giveBack = await takeTries(container, [
    { limit: "mfaTriesPerChallenge", key: challenge_key },
    { limit: "mfaTries", key: auth_identity_id },
  ])
  const used = mfaCodeKey(container, auth_identity_id, code)
  const sessions = portalSessions(container)
  if (!(await sessions.claimOnce({ key: used, seconds: REPLAY_SECONDS }))) {
    throw portalError("mfa_code_invalid")
  }
  return {
    accept: giveBack,
    // What was wrong now may be right in a later time step.
    refuse: async () => {
      await sessions.releaseClaim(used)
    },
  }
}

/**
 * Lets a code be looked at.
 *
 * @param verify - throws where the code is wrong
 * @throws `mfa_code_invalid` (400) where it is, or was used; `rate_limited` (429)
 */
export async function guardMfaCode<T>(
  container: MedusaContainer,
  input: { auth_identity_id: string; challenge_key: string; code: string },
  verify: () => Promise<T>
): Promise<T> {
  const attempt = await beginMfaTry(container, input)
  try {
    const result = await verify()
    await attempt.accept()
    return result
  } catch (error) {
    await attempt.refuse()
    throw isRefusal(error) ? portalError("mfa_code_invalid") : error
  }
}

/** The name of a used code: nobody reads the code from it. */
function mfaCodeKey(
  container: MedusaContainer,
  auth_identity_id: string,
  code: string
): string {
  const normalized = code.trim().toLowerCase()
  return `mfa-code:${pseudonym(container, `${auth_identity_id}:${normalized}`)}`
}

/** Core's ways to say no, as opposed to a database that is gone. */
function isRefusal(error: unknown): boolean {
  const types: string[] = [
    MedusaError.Types.NOT_ALLOWED,
    MedusaError.Types.INVALID_DATA,
    MedusaError.Types.NOT_FOUND,
  ]
  return MedusaError.isMedusaError(error) && types.includes(error.type)
}

/**
 * Makes room for an enrolment: core refuses to begin one while another waits for
 * its first code, and keeps that for ever.
 */
export async function discardPendingFactors(
  container: MedusaContainer,
  input: { auth_identity_id: string; provider: string }
): Promise<void> {
  const auth = container.resolve(Modules.AUTH)
  const pending = await auth.listAuthMfa({ ...input, status: "pending" })
  for (const { id } of pending) {
    await auth.disableAuthMfa({ id })
  }
}
