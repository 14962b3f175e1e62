/**
 * Codes that people type: 8 characters of Crockford's alphabet, 40 bits. Far too
 * few to be kept as a plain hash: the database keeps scrypt with a salt.
 */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import type { RandomBytes } from "./token"

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const LENGTH = 8
const SALT_BYTES = 16
const HASH_BYTES = 32
const SCRYPT = { N: 16_384, r: 8, p: 1 }
const STORED = /^[0-9a-f]{32}:[0-9a-f]{64}$/

/**
 * Makes a code. 32 divides 256, so that each character is equally likely.
 *
 * @example
 * mintCode() // "7K3QZX9M"
 */
export function mintCode(random: RandomBytes = randomBytes): string {
  return [...random(LENGTH)]
    .map((byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join("")
}

/**
 * What somebody typed, as the code would be written: without spaces and dashes,
 * in capitals, `O` as 0, `I` and `L` as 1.
 *
 * @returns null for what cannot be a code
 */
export function normaliseCode(typed: string): string | null {
  const code = typed
    .slice(0, 40)
    .toUpperCase()
    .replace(/[\s-]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1")
  return new RegExp(`^[${ALPHABET}]{${LENGTH}}$`).test(code) ? code : null
}

/** `salt:hash` of a code, for the database. */
export async function hashCode(
  code: string,
  random: RandomBytes = randomBytes
): Promise<string> {
  const salt = Buffer.from(random(SALT_BYTES))
  const hash = await derive(code, salt)
  return `${salt.toString("hex")}:${hash.toString("hex")}`
}

/**
 * Whether a code fits a stored hash. Takes as long without one, so that nobody
 * learns from the time whether a code was ever made.
 */
export async function codeMatches(
  code: string | null,
  stored: string | null
): Promise<boolean> {
  const known = stored !== null && STORED.test(stored)
  const [salt = "", hash = ""] = known
    ? stored.split(":")
    : ["00".repeat(SALT_BYTES), "00".repeat(HASH_BYTES)]
  const derived = await derive(code ?? "", Buffer.from(salt, "hex"))
  const same = timingSafeEqual(derived, Buffer.from(hash, "hex"))
  return same && known && code !== null
}

function derive(code: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(code, salt, HASH_BYTES, SCRYPT, (error, key) => {
      if (error) {
        reject(error)
      } else {
        resolve(key)
      }
    })
  })
}
