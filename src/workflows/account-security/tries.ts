import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { counterKey } from "../limits/counter-key"
import { portalOptions, portalSessions } from "../portal-sessions/services"

/** Limits on failures that the options know. */
export type TriesName =
  "passwordTries" | "loginTriesPerIp" | "mfaTries" | "mfaTriesPerChallenge"

/** Whose failures count. */
export type TriedBy = { limit: TriesName; key: string }

/**
 * Takes a try of each before something secret is looked at, so that of many at
 * once no more are looked at than may fail.
 *
 * @throws `rate_limited` (429) with `retry_after` in seconds
 * @returns what gives the tries back when it was right
 */
export async function takeTries(
  container: MedusaContainer,
  tries: TriedBy[]
): Promise<() => Promise<void>> {
  const { security } = portalOptions(container)
  const keys: string[] = []
  for (const { limit, key } of tries) {
    const taken = counterKey(container, limit, key)
    const { allowed, retry_after } = await portalSessions(
      container
    ).takeAttempt({ ...security[limit], key: taken })
    if (!allowed) {
      throw portalError("rate_limited", { details: { retry_after } })
    }
    keys.push(taken)
  }
  return async () => {
    await portalSessions(container).returnAttempts(keys)
  }
}
