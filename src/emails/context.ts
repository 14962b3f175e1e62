import type { Branding } from "../types/tenant"
import {
  findMessage,
  resolveLocale,
  type MailLocale,
  type MessageKey,
} from "./locale"
import { oneLine } from "./plain-name"

/** How a mail is written. */
export type MailOptions = {
  branding: Branding
  /** Wished language, such as `de-AT`. */
  locale?: string | null
  /** Language where the wished one has no texts: the tenant's. */
  fallbackLocale?: string | null
  /** IANA zone of the dates. @default "UTC" */
  timezone?: string
}

/** A moment: a Date, or what `toISOString` made of one. */
export type MailDate = Date | string

type Values = Record<string, string | number>

/** What every template is given besides its own props. */
export type MailContext = {
  locale: MailLocale
  branding: Branding
  /** A text of the catalogue. `{shop}` is always known. */
  t: (key: MessageKey, values?: Values) => string
  /** "25 November 2026 at 10:30 UTC", in the language and the zone. */
  moment: (date: MailDate) => string
  /** "10 minutes", "24 hours". */
  duration: (minutes: number) => string
  /** "in 7 days". */
  inDays: (count: number) => string
  /** "August 2027". */
  month: (month: number, year: number) => string
  /** "25 November 2026", in the language and a zone. */
  day: (date: MailDate, timeZone: string) => string
  /** "€12.50"; the amount is in the currency's major unit. */
  money: (amount: number, currencyCode: string) => string
}

/**
 * Texts, dates and looks of one mail.
 *
 * @param used - collects the keys of the texts that were asked for
 */
export function mailContext(
  { branding, locale: wish, fallbackLocale, timezone = "UTC" }: MailOptions,
  used?: Set<MessageKey>
): MailContext {
  const locale = resolveLocale(wish, fallbackLocale)
  const find = (key: MessageKey): string => {
    used?.add(key)
    return findMessage(locale.language, key)
  }
  const shop = oneLine(branding.name) || find("common.shop")
  return {
    locale,
    branding: { ...branding, name: shop },
    t: (key, values) => fill(find(key), { shop, ...values }),
    ...formats(locale.tag, timezone),
  }
}

function formats(
  tag: string,
  timeZone: string
): Pick<
  MailContext,
  "moment" | "duration" | "inDays" | "month" | "day" | "money"
> {
  return {
    moment: (date) =>
      new Intl.DateTimeFormat(tag, {
        year: "numeric",
        month: "long",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
        timeZone,
        timeZoneName: "short",
      }).format(new Date(date)),
    duration: (minutes) => {
      const isLong = minutes >= 120
      return new Intl.NumberFormat(tag, {
        style: "unit",
        unit: isLong ? "hour" : "minute",
        unitDisplay: "long",
      }).format(isLong ? Math.floor(minutes / 60) : minutes)
    },
    inDays: (count) =>
      new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(
        count,
        "day"
      ),
    month: (month, year) =>
      new Intl.DateTimeFormat(tag, {
        year: "numeric",
        month: "long",
        timeZone: "UTC",
      }).format(Date.UTC(year, month - 1, 1)),
    day: (date, zone) =>
      new Intl.DateTimeFormat(tag, {
        year: "numeric",
        month: "long",
        day: "numeric",
        timeZone: zone,
      }).format(new Date(date)),
    money: (amount, currencyCode) =>
      new Intl.NumberFormat(tag, {
        style: "currency",
        currency: currencyCode,
      }).format(amount),
  }
}

/** A value that is missing stays visible as its placeholder. */
function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder
  )
}
