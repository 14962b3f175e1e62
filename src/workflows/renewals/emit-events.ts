import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** An event as Medusa's bus takes it. */
export type OutgoingEvent = { name: string; data: Record<string, unknown> }

/** Sends events in one call; none at all without a call. */
export async function emitEvents(
  container: MedusaContainer,
  events: OutgoingEvent[]
): Promise<void> {
  if (events.length) {
    await container.resolve(Modules.EVENT_BUS).emit(events)
  }
}
