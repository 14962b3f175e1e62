import type {
  AdminPortalSessionView,
  DeviceView,
} from "../../types/portal-session-http"

const MINUTE_MS = 60_000

/** Minutes from making a link to its end. */
export function minutesToOpen(
  session: Pick<AdminPortalSessionView, "created_at" | "link_expires_at">
): number {
  const { created_at, link_expires_at: end } = session
  return end
    ? Math.round((Date.parse(end) - Date.parse(created_at)) / MINUTE_MS)
    : 0
}

/**
 * When the customer came in last. An admin that looked at the account is not the
 * customer.
 */
export function lastSignIn(
  sessions: readonly AdminPortalSessionView[],
  devices: readonly DeviceView[] = []
): string | null {
  const times = sessions
    .filter(({ impersonator_id }) => impersonator_id === null)
    .flatMap(({ redeemed_at }) => redeemed_at ?? [])
    .concat(devices.map(({ created_at }) => created_at))
    .sort()
  return times.at(-1) ?? null
}

/** A life in its largest whole unit: 600 → 10 minutes, 86 400 → 1 day. */
export function duration(seconds: number): {
  unit: "second" | "minute" | "hour" | "day"
  count: number
} {
  if (seconds > 0 && seconds % 86_400 === 0) {
    return { unit: "day", count: seconds / 86_400 }
  }
  if (seconds > 0 && seconds % 3600 === 0) {
    return { unit: "hour", count: seconds / 3600 }
  }
  return seconds > 0 && seconds % 60 === 0
    ? { unit: "minute", count: seconds / 60 }
    : { unit: "second", count: seconds }
}
