/**
 * Portal links: signed and stored. The signature refuses junk before any query;
 * the row, found by the hash of the nonce, gives single use and revocation.
 * Form: `ppl_1.<kid>.<payload>.<mac>`, both parts base64url, HMAC-SHA256.
 */
import {
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto"
import type { RandomBytes } from "./token"

const PREFIX = "ppl_1"
const INFO = "portal-link/v1"
const KID = /^[a-z0-9-]{1,20}$/
const MAX_LENGTH = 1_000
const BASE64URL = /^[A-Za-z0-9_-]+$/
const KEY_BYTES = 32

/** A key that signs or verifies links. */
export type LinkKey = { kid: string; key: Uint8Array }

/** What a link says. Compared with its row and with the request. */
export type LinkClaims = {
  link_id: string
  tenant_id: string
  customer_id: string
  /** Seconds since 1970. For people that look at it; the row decides. */
  expires: number
  /** SHA-256 of the random part, in hex: what the row keeps. */
  nonce_hash: string
}

/**
 * The key of a secret. Derived, so that the secret of Medusa's own tokens can
 * serve without a link ever being one of them.
 */
export function linkKey(kid: string, secret: string): LinkKey {
  const key = hkdfSync("sha256", secret, "", INFO, KEY_BYTES)
  return { kid, key: new Uint8Array(key) }
}

/**
 * Makes a link's token.
 *
 * @returns the token, shown once, and the hash to keep
 * @example
 * const { token, nonce_hash } = mintLink(key, { link_id, tenant_id, customer_id, expires })
 */
export function mintLink(
  { kid, key }: LinkKey,
  claims: Omit<LinkClaims, "nonce_hash">,
  random: RandomBytes = randomBytes
): { token: string; nonce_hash: string } {
  const nonce = Buffer.from(random(KEY_BYTES)).toString("base64url")
  const payload = Buffer.from(
    JSON.stringify({
      l: claims.link_id,
      t: claims.tenant_id,
      c: claims.customer_id,
      x: claims.expires,
      n: nonce,
    })
  ).toString("base64url")
  const signed = `${PREFIX}.${kid}.${payload}`
  return { token: `${signed}.${mac(key, signed)}`, nonce_hash: hash(nonce) }
}

/**
 * Reads a token that one of the keys has signed.
 *
 * @returns null for everything else, without saying why
 */
export function readLink(
  keys: readonly LinkKey[],
  token: unknown
): LinkClaims | null {
  if (typeof token !== "string" || token.length > MAX_LENGTH) {
    return null
  }
  const [prefix, kid = "", payload = "", signature = "", ...rest] =
    token.split(".")
  if (prefix !== PREFIX || rest.length || !KID.test(kid)) {
    return null
  }
  const key = keys.find((one) => one.kid === kid)
  const signed = `${PREFIX}.${kid}.${payload}`
  if (!key || !isEqual(mac(key.key, signed), signature)) {
    return null
  }
  return claimsOf(payload)
}

function claimsOf(payload: string): LinkClaims | null {
  if (!BASE64URL.test(payload)) {
    return null
  }
  const { l, t, c, x, n } = JSON.parse(
    Buffer.from(payload, "base64url").toString("utf8")
  ) as Record<string, unknown>
  return typeof l === "string" &&
    typeof t === "string" &&
    typeof c === "string" &&
    typeof x === "number" &&
    typeof n === "string"
    ? {
        link_id: l,
        tenant_id: t,
        customer_id: c,
        expires: x,
        nonce_hash: hash(n),
      }
    : null
}

function mac(key: Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text, "utf8").digest("base64url")
}

function hash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex")
}

/** Compares the texts: base64url has several texts for the same bytes. */
function isEqual(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
