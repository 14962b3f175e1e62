/**
 * What all figures of the portal have in common: their range, and who is counted.
 * The definitions are in docs/guides/metrics.md.
 */
import { TASKS } from "../domain/tasks"

/** From when to when, and of which tenant. */
export type MetricsRange = {
  tenant_id?: string
  from: Date
  /** Not part of the range. */
  to: Date
  /** Hours after it in which a ticket counts. */
  window_hours: number
  /** IANA name; days are counted in it. */
  timezone: string
}

/**
 * Robots that say that they are one: crawlers, link previews, scanners of mails.
 * Only names that no browser and no server of a shop has. A scanner that poses as
 * a browser does not press the button of the link's page, so it opens nothing.
 */
export const BOT_PATTERN = [
  "bot[/;)]",
  "(google|bing|slack|twitter|telegram|discord|apple|yandex|linkedin)-?bot",
  "crawler",
  "spider",
  "slurp",
  "headlesschrome",
  "facebookexternalhit",
  "skypeuripreview",
  "bingpreview",
  "google-safety",
  "proofpoint",
  "mimecast",
  "barracuda",
  "safelinks",
  "urldefense",
  "mailscanner",
].join("|")

/** Of `e`, an event: that it is within the range. See {@link rangeValues}. */
export const IN_RANGE = `(?::text is null or e.tenant_id = ?)
  and e.created_at >= ? and e.created_at < ?`
/** Of `s`, the session of an event; what has no session is somebody's. */
export const IS_HUMAN = `s.impersonator_id is null and coalesce(s.user_agent, '') !~* ?`

/** The values of {@link IN_RANGE}. */
export const rangeValues = ({ tenant_id, from, to }: MetricsRange) => [
  tenant_id ?? null,
  tenant_id ?? null,
  from,
  to,
]

/** The tasks that there are, and of which category each is, side by side. */
export const TASK_NAMES = Object.keys(TASKS)
export const TASK_CATEGORIES = Object.values(TASKS).map(
  // Empty and not null: arrays of texts have no null here.
  ({ category }) => category ?? ""
)
