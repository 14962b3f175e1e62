import type { MedusaContainer } from "@medusajs/framework/types"
import type { OutgoingEntry } from "../../modules/subscription/queries/outgoing-events"
import { emitEvents } from "../renewals/emit-events"
import { subscriptionsOf } from "../subscription-reads/reader"

/** Real seconds after which an event's sender is taken for gone. */
const ABANDONED_SECONDS = 60
const BATCH = 200

/**
 * Sends the events of changes and notes that they went. An event may come twice
 * (a crash between the two), and never not at all.
 */
export async function sendEntries(
  container: MedusaContainer,
  entries: OutgoingEntry[]
): Promise<void> {
  await emitEvents(
    container,
    entries.map(({ id, event_name, subscription_id, cycle_id }) => ({
      name: event_name,
      data: {
        id: subscription_id,
        entry_id: id,
        ...(cycle_id && { cycle_id }),
      },
    }))
  )
  await subscriptionsOf(container).markEventsSent(entries.map(({ id }) => id))
}

/**
 * Sends what was written by processes that are gone.
 *
 * @returns how many events
 */
export async function sendForgottenEntries(
  container: MedusaContainer
): Promise<number> {
  let sent = 0
  for (;;) {
    const entries = await subscriptionsOf(container).listUnsentEvents({
      olderThanSeconds: ABANDONED_SECONDS,
      limit: BATCH,
    })
    if (!entries.length) {
      return sent
    }
    await sendEntries(container, entries)
    sent += entries.length
  }
}
