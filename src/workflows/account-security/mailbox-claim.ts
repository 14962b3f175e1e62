import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { portalSessions } from "../portal-sessions/services"

/** Longer than a proof or a reset takes; after a crash the next one may go on. */
const HELD_SECONDS = 30
const WAIT_MS = 5000
const POLL_MS = 50

/** Gives the turn back. */
export type Release = () => Promise<void>

/**
 * Takes the turn to act on what a customer's mailbox proves. Of many at once one
 * gets it: a first proof takes away passwords, and a reset sets one.
 *
 * @returns null where somebody else has it
 */
export async function takeMailbox(
  container: MedusaContainer,
  customer_id: string
): Promise<Release | null> {
  const sessions = portalSessions(container)
  const key = `mailbox:${customer_id}`
  if (!(await sessions.claimOnce({ key, seconds: HELD_SECONDS }))) {
    return null
  }
  return async () => {
    await sessions.releaseClaim(key)
  }
}

/**
 * The same, waiting for who has it.
 *
 * @throws `rate_limited` (429) after five seconds
 */
export async function awaitMailbox(
  container: MedusaContainer,
  customer_id: string
): Promise<Release> {
  const end = performance.now() + WAIT_MS
  for (;;) {
    const release = await takeMailbox(container, customer_id)
    if (release) {
      return release
    }
    if (performance.now() > end) {
      throw portalError("rate_limited", { details: { retry_after: 1 } })
    }
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS)
    })
  }
}
