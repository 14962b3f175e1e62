/** The test's own calendar: it shares no line with the code under test. */

export type Rhythm = { unit: "week" | "month"; count: number }

export const DAY = 24 * 60 * 60 * 1000

/** The n-th date after an anchor (UTC), clamped to the month's last day. */
export function dateAt(anchor: number, { unit, count }: Rhythm, n: number) {
  if (unit === "week") {
    return anchor + n * count * 7 * DAY
  }
  const from = new Date(anchor)
  const months = from.getUTCMonth() + n * count
  const first = new Date(anchor)
  first.setUTCDate(1)
  first.setUTCMonth(months)
  const last = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)
  ).getUTCDate()
  first.setUTCDate(Math.min(from.getUTCDate(), last))
  return first.getTime()
}

/** The period that a moment lies in; 0 from the anchor on. */
export function periodAt(anchor: number, rhythm: Rhythm, moment: number) {
  let n = 0
  while (dateAt(anchor, rhythm, n + 1) <= moment) {
    n += 1
  }
  return n
}
