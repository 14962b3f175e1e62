import type { AdminTimelineEntryView } from "../../types/subscription-history-http"

/** An entry in words: the text's key and what is put into it. */
export type EntryText = {
  key: string
  count?: number
  percent?: number
  /** Instants, which the page writes as the language does. */
  dates: Record<string, string>
}

type Entry = Pick<AdminTimelineEntryView, "type" | "actor_type" | "data">

/**
 * What an entry says. Some types mean two things: a period is also left out where
 * stock was short, and a pause may have no end.
 *
 * @example
 * entryText({ type: "skipped", actor_type: "customer", data: { cycles: 2 } })
 * // { key: "leftOut", count: 2, dates: {} }
 */
export function entryText({ type, actor_type, data }: Entry): EntryText {
  const dates = datesOf(data ?? {})
  const count = numberOf(data?.cycles)
  const text = (key: string): EntryText => ({
    key,
    dates,
    ...(count !== undefined && { count }),
  })
  switch (type) {
    case "paused":
      return text(dates.resumes_at ? "pausedUntil" : "paused")
    case "skipped":
      return text(actor_type === "system" ? "skipped" : "leftOut")
    case "offer_accepted":
      return data?.type === "discount"
        ? { ...text("offerDiscount"), percent: numberOf(data.percent) }
        : text("offerPause")
    default:
      return text(type)
  }
}

const DATES = ["resumes_at", "next_charge_at", "ends_at", "from", "to"]

const datesOf = (data: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    DATES.flatMap((name) => {
      const value = data[name]
      return typeof value === "string" ? [[name, value]] : []
    })
  )

const numberOf = (value: unknown) =>
  typeof value === "number" ? value : undefined
