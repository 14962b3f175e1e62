import { COMMON_PASSWORDS } from "./common-passwords"

/** Why a password is not taken. */
export type PasswordProblem = "too_short" | "too_long" | "too_common"

/** What a new password must be. */
export type PasswordPolicy = {
  /** In characters as people count them. */
  minLength: number
  maxLength: number
  /** Whether the passwords that everybody tries first are refused. */
  refuseCommon: boolean
}

/** What scrypt is asked to read at most. */
export const MAX_PASSWORD_BYTES = 1024

/**
 * Judges a new password by length and by how common it is, and by nothing else:
 * rules about kinds of characters make passwords worse. Spaces count, also at the
 * ends.
 *
 * @param email - whose it is: an address is no password
 * @returns null where it is good enough
 * @example
 * passwordProblem("password", { minLength: 8, maxLength: 256, refuseCommon: true })
 * // "too_common"
 */
export function passwordProblem(
  password: string,
  policy: PasswordPolicy,
  email?: string
): PasswordProblem | null {
  // Before anything that reads it as a whole more than once.
  if (password.length > MAX_PASSWORD_BYTES || isTooLong(password, policy)) {
    return "too_long"
  }
  if ([...password].length < policy.minLength) {
    return "too_short"
  }
  return policy.refuseCommon && isCommon(password, email) ? "too_common" : null
}

function isTooLong(password: string, { maxLength }: PasswordPolicy): boolean {
  return (
    [...password].length > maxLength ||
    new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES
  )
}

function isCommon(password: string, email: string | undefined): boolean {
  const lower = password.trim().toLowerCase()
  return (
    lower === email?.toLowerCase() ||
    COMMON_PASSWORDS.has(lower) ||
    // One character again and again.
    new Set(lower).size <= 1
  )
}
