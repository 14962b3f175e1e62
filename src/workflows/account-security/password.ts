import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { EMAILPASS, passwordAddressOf } from "./identities"
import { takeTries } from "./tries"

/** What scrypt is asked to read at most. */
export const MAX_PASSWORD_BYTES = 1024

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
