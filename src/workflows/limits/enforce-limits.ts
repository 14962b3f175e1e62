import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { PortalOptions } from "../../modules/runtime/options"
import { portalOptions, portalSessions } from "../portal-sessions/services"
import { counterKey } from "./counter-key"

/** Names of the limits that the options know. */
export type LimitName = Exclude<
  keyof PortalOptions["limits"],
  "trustedProxyHops"
>

/** What is counted: a limit of the options, and for whom. */
export type LimitedBy = { limit: LimitName; key: string }

/**
 * Counts an event against limits, exactly, over all processes.
 *
 * @returns whether it is within all of them, and the seconds until it may be again
 */
export async function countAgainstLimits(
  container: MedusaContainer,
  events: LimitedBy[]
): Promise<{ allowed: boolean; retry_after: number }> {
  const { limits } = portalOptions(container)
  return await portalSessions(container).countEvents(
    events.map(({ limit, key }) => ({
      ...limits[limit],
      key: counterKey(container, limit, key),
    }))
  )
}

/**
 * The same, and refuses what is over.
 *
 * @throws `rate_limited` (429) with `retry_after` in seconds
 * @example
 * await enforceLimits(container, [{ limit: "paymentSetup", key: customer_id }])
 */
export async function enforceLimits(
  container: MedusaContainer,
  events: LimitedBy[]
): Promise<void> {
  const { allowed, retry_after } = await countAgainstLimits(container, events)
  if (!allowed) {
    throw portalError("rate_limited", { details: { retry_after } })
  }
}
