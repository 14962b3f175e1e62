import de from "./locales/de.json"
import en from "./locales/en.json"
import es from "./locales/es.json"
import fr from "./locales/fr.json"

/** English is the measure: the others must have the same keys. */
type Messages = typeof en

/** A text of the catalogue, such as `portal-login.subject`. */
export type MessageKey = {
  [Group in keyof Messages]: `${Group}.${keyof Messages[Group] & string}`
}[keyof Messages]

const LOCALES: Record<"en" | "de" | "fr" | "es", Messages> = { en, de, fr, es }

/** A language that mails are written in. */
export type MailLanguage = keyof typeof LOCALES

export const MAIL_LANGUAGES = Object.keys(LOCALES) as MailLanguage[]

/** The language of the texts, and the tag that dates and numbers follow. */
export type MailLocale = { language: MailLanguage; tag: string }

/**
 * The first wish that mails are written in, else English. A region is kept for
 * dates and numbers.
 *
 * @param wishes - language tags in the order of preference: the customer's, the
 * tenant's
 * @example
 * resolveLocale("de-AT") // { language: "de", tag: "de-AT" }
 * resolveLocale("pt", "fr") // { language: "fr", tag: "fr" }
 */
export function resolveLocale(
  ...wishes: (string | null | undefined)[]
): MailLocale {
  for (const wish of wishes) {
    const tag = canonicalTag(wish)
    const language = tag?.split("-")[0]
    if (tag && language && isMailLanguage(language)) {
      return { language, tag }
    }
  }
  return { language: "en", tag: "en" }
}

/** The text of a key, with its placeholders as they stand in the file. */
export function findMessage(language: MailLanguage, key: MessageKey): string {
  const [group = "", name = ""] = key.split(".")
  const messages: Record<string, Record<string, string>> = LOCALES[language]
  return messages[group]?.[name] ?? key
}

function isMailLanguage(language: string): language is MailLanguage {
  return Object.hasOwn(LOCALES, language)
}

/** Stores write `de_AT`, too. */
function canonicalTag(wish: string | null | undefined): string | undefined {
  if (!wish || wish.length > 35) {
    return undefined
  }
  try {
    return Intl.getCanonicalLocales(wish.replaceAll("_", "-"))[0]
  } catch {
    return undefined
  }
}
