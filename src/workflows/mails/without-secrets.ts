const MAX_LENGTH = 300

/** Shorter values are parts of other words, and tell nothing. */
const MIN_SECRET = 4

/**
 * A provider's message without the values that a mail was made of: some quote
 * what they refuse.
 *
 * @example
 * withoutSecrets("bad receiver a@x.io", { to: "a@x.io" }) // "bad receiver […]"
 */
export function withoutSecrets(
  message: string,
  values: Record<string, unknown>
): string {
  const secrets = Object.values(values).filter(
    (value): value is string =>
      typeof value === "string" && value.length >= MIN_SECRET
  )
  // The longer first: one may be a part of another.
  const cleaned = secrets
    .sort((one, other) => other.length - one.length)
    .reduce((text, secret) => text.replaceAll(secret, "[…]"), message)
    .replace(/[\p{Cc}\s]+/gu, " ")
  return cleaned.length > MAX_LENGTH
    ? `${cleaned.slice(0, MAX_LENGTH)}…`
    : cleaned
}
