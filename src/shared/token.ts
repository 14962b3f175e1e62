/**
 * Opaque tokens: a prefix that says what it is for, and 256 random bits. Only
 * the hash is kept; with so many bits it needs neither salt nor stretching.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { CodedError } from "./coded-error"

const ALPHABET =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const BASE = BigInt(ALPHABET.length)
const BYTES = 32
/** Digits that 256 bits take in base 62. */
const LENGTH = 43
const BODY = new RegExp(`^[0-9A-Za-z]{${LENGTH}}$`)

/** Where random bytes come from. */
export type RandomBytes = (size: number) => Uint8Array

/**
 * Makes a token: the prefix and 43 base-62 digits, which one double click
 * selects and no URL encodes.
 *
 * @param prefix - what the token is for, with its underscore: "pss_"
 * @param random - source of 32 random bytes; the system's unless told
 * @throws CodedError `invalid_options` when the source gives another number of bytes
 * @example
 * const token = mintToken("pss_")
 * await save({ token_hash: hashToken(token) })
 */
export function mintToken(
  prefix: string,
  random: RandomBytes = randomBytes
): string {
  const bytes = random(BYTES)
  if (bytes.length !== BYTES) {
    throw new CodedError(
      "invalid_options",
      `A token takes ${BYTES} random bytes.`
    )
  }
  let rest = BigInt(`0x${Buffer.from(bytes).toString("hex")}`)
  let digits = ""
  while (digits.length < LENGTH) {
    digits = ALPHABET.charAt(Number(rest % BASE)) + digits
    rest /= BASE
  }
  return prefix + digits
}

/**
 * The SHA-256 of a token in hex, prefix included: what the database keeps.
 *
 * @example
 * hashToken(token) // 64 hex digits
 */
export function hashToken(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex")
}

/**
 * Takes a value for a token of a prefix, or for none. It judges the shape
 * only, so that a stranger's input costs no query.
 *
 * @param value - anything a caller may have sent
 * @returns the token, or null
 * @example
 * parseToken("pss_", req.headers["x-token"]) // null for a "pll_…" token
 */
export function parseToken(prefix: string, value: unknown): string | null {
  const shaped =
    typeof value === "string" &&
    value.startsWith(prefix) &&
    BODY.test(value.slice(prefix.length))
  return shaped ? value : null
}

/**
 * Whether two secrets are equal, in a time that tells neither where they
 * differ nor how long they are.
 *
 * @example
 * secretsEqual(hashToken(token), row.token_hash)
 */
export function secretsEqual(a: string, b: string): boolean {
  const digest = (text: string) =>
    createHash("sha256").update(text, "utf8").digest()
  return timingSafeEqual(digest(a), digest(b))
}
