import { createHash } from "node:crypto"

/** Prefix of each kind of id, as Stripe writes them. */
export type IdPrefix =
  "ch" | "cus" | "evt" | "pi" | "pm" | "re" | "req" | "seti"

/**
 * Hands out ids from one counter that never goes back, so an id says when its
 * object was made relative to the others and two runs give the same ids.
 */
export class IdFactory {
  private last = 0

  constructor(private readonly namespace: string) {}

  next(prefix: IdPrefix): string {
    this.last += 1
    return `${prefix}_${this.namespace}${String(this.last).padStart(14, "0")}`
  }
}

/** The secret a browser needs to confirm the intent with this id. */
export function clientSecretOf(intentId: string): string {
  return `${intentId}_secret_${digest(intentId).slice(0, 25)}`
}

/** The fingerprint Stripe gives a card number. */
export function fingerprintOf(cardNumber: string): string {
  return digest(cardNumber).slice(0, 16)
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
