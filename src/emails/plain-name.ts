/** Names are shown whole up to so many characters. */
const MAX_LENGTH = 100

/** Control characters, and those that turn the direction of what follows. */
const INVISIBLE =
  /[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/gu

/** What mail programs make a link of: `evil.example`, `//evil`, `www`. */
const LINK_LIKE = /([.:@/])(?=[^\s.:@])/g

/** A text without line breaks and invisible characters, cut where it is long. */
export function oneLine(value: string): string {
  const line = value.replace(INVISIBLE, " ").replace(/\s+/g, " ").trim()
  const characters = Array.from(line)
  return characters.length > MAX_LENGTH
    ? `${characters.slice(0, MAX_LENGTH - 1).join("")}…`
    : line
}

/**
 * A name that a customer typed, as plain text: mails go to others, and a name
 * such as "Win at evil.example" must not become a link in them. The invisible
 * word joiner keeps mail programs from seeing an address in it.
 *
 * @example
 * plainName("Ada\n Lovelace") // "Ada Lovelace"
 */
export function plainName(value: string): string {
  return oneLine(value).replace(LINK_LIKE, "$1\u2060")
}
