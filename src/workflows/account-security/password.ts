import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import {
  MAX_PASSWORD_BYTES,
  passwordProblem,
} from "../../shared/password-policy"
import { EMAILPASS, passwordAddressOf } from "./identities"
import { portalOptions, portalSessions } from "../portal-sessions/services"
import { securityMail } from "./security-mail"
import { takeTries } from "./tries"

/**
 * Takes the password of a customer as a proof that it is them.
 *
 * @throws `password_not_set` for a guest or a social sign-in; `password_wrong`
 * (400); `rate_limited` (429) after several
 * @example
 * await checkPassword(container, { customer_id, password })
 */
export async function checkPassword(
  container: MedusaContainer,
  input: { customer_id: string; password: string }
): Promise<{ email: string }> {
  const email = await passwordAddressOf(container, input.customer_id)
  if (email === null) {
    throw portalError("password_not_set")
  }
  const giveBack = await takeTries(container, [
    { limit: "passwordTries", key: input.customer_id },
  ])
  if (!(await isPassword(container, email, input.password))) {
    throw portalError("password_wrong")
  }
  await giveBack()
  return { email }
}

async function isPassword(
  container: MedusaContainer,
  email: string,
  password: string
): Promise<boolean> {
  if (Buffer.byteLength(password, "utf8") > MAX_PASSWORD_BYTES) {
    return false
  }
  const { success } = await container
    .resolve(Modules.AUTH)
    .authenticate(EMAILPASS, { body: { email, password } })
  return success
}

/**
 * Refuses a new password that is too short, too long, or the first that everybody
 * tries. Costs no hashing.
 *
 * @throws `password_too_weak` (400) with `details.reason`
 */
export function checkNewPassword(
  container: MedusaContainer,
  password: string,
  email?: string
): void {
  const policy = portalOptions(container).security.password
  const reason = passwordProblem(password, policy, email)
  if (reason) {
    throw portalError("password_too_weak", {
      details: { reason, min_length: policy.minLength },
    })
  }
}

/**
 * Sets a new password for somebody who knows the present one. Every other sign-in
 * ends, and the customer is told.
 *
 * @param input.keep_session_id - the portal session that asks
 * @throws as `checkPassword` and `checkNewPassword`
 */
export async function changePassword(
  container: MedusaContainer,
  input: {
    customer_id: string
    current_password: string
    new_password: string
    keep_session_id?: string
  }
): Promise<void> {
  const { customer_id, current_password, new_password } = input
  const { email } = await checkPassword(container, {
    customer_id,
    password: current_password,
  })
  checkNewPassword(container, new_password, email)
  const { success } = await container
    .resolve(Modules.AUTH)
    .updateProvider(EMAILPASS, { entity_id: email, password: new_password })
  if (!success) {
    throw portalError("password_not_set")
  }
  await afterPasswordChange(container, {
    customer_id,
    reason: "password_changed",
    keep_session_id: input.keep_session_id,
  })
}

/** Ends what was signed in with the old password, and tells the customer. */
export async function afterPasswordChange(
  container: MedusaContainer,
  input: {
    customer_id: string
    reason: "password_changed" | "password_reset"
    keep_session_id?: string
  }
): Promise<void> {
  const { customer_id, reason, keep_session_id } = input
  if (portalOptions(container).security.revocation) {
    await portalSessions(container).revokeCustomer({
      customer_id,
      reason,
      tokens: true,
      except: keep_session_id,
    })
  }
  const time = new Date().toISOString()
  await securityMail(container, {
    customer_id,
    template: "password-changed",
    props: { time },
    occasion: time,
  })
}
