import type { MedusaContainer } from "@medusajs/framework/types"
import { portalOptions, portalSessions } from "../portal-sessions/services"

/**
 * Deletes counters, sessions, requests and events whose time is over; see the
 * option `sessions.retentionDays`.
 *
 * @returns how many rows of each
 */
export async function purgeExpired(
  container: MedusaContainer
): Promise<Record<string, number>> {
  const { retentionDays } = portalOptions(container).sessions
  return await portalSessions(container).purge(retentionDays)
}
