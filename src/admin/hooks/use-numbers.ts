import { useTranslation } from "react-i18next"
import { duration } from "../lib/portal"

/** Numbers as the language of the dashboard writes them. */
export function useNumbers() {
  const { i18n } = useTranslation("customerPortal")
  const { language } = i18n

  const format = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, options).format(value)

  return {
    count: (value: number) => format(value),
    /** "–" where there was nothing to divide by. */
    percent: (rate: number | null) =>
      rate === null
        ? "–"
        : format(rate, { style: "percent", maximumFractionDigits: 1 }),
    /** "10 minutes" */
    seconds: (value: number) => {
      const { unit, count } = duration(value)
      return format(count, { style: "unit", unit, unitDisplay: "long" })
    },
    /** "Mar 2026" of `2026-03`. */
    month: (month: string) =>
      new Intl.DateTimeFormat(language, {
        month: "short",
        year: "numeric",
        timeZone: "UTC",
      }).format(new Date(`${month}-01T00:00:00Z`)),
    /** "12 Mar": `date` is a day, wherever the reader is. */
    day: (date: string) =>
      new Intl.DateTimeFormat(language, {
        day: "numeric",
        month: "short",
        timeZone: "UTC",
      }).format(new Date(`${date}T00:00:00Z`)),
  }
}
