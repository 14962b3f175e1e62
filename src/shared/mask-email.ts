/**
 * An address as far as its owner recognises it and nobody else learns it.
 *
 * @example
 * maskEmail("clara@shop.example") // "c•••@shop.example"
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@")
  return at < 1 ? "•••" : `${email.charAt(0)}•••${email.slice(at)}`
}
