import { setTimeout } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { subscriptionsOf } from "../subscription-reads/reader"
import { deliverNotices } from "./deliver-notices"

/** Events of a batch of renewals come at once: together they cost as one. */
const GATHER_MS = 20

type Gathering = { ids: Set<string>; done: Promise<void> }

/** What comes within the same moment, by store. */
const gatherings = new WeakMap<MedusaContainer, Gathering>()

/**
 * Mails the customer of a subscription what its timeline holds for them and nobody
 * has sent: started, charged, failed, paused and so on. What is to be sent stands in
 * the database and not in the event, so an event that comes twice, late or never
 * changes nothing: `settle-unknown-charges` sends what is left.
 *
 * @example
 * await sendSubscriptionNotice(container, event.data.id)
 */
export async function sendSubscriptionNotice(
  container: MedusaContainer,
  subscriptionId: string
): Promise<void> {
  const gathering = gatherings.get(container) ?? gather(container)
  gathering.ids.add(subscriptionId)
  await gathering.done
}

function gather(container: MedusaContainer): Gathering {
  const ids = new Set<string>()
  const gathering = { ids, done: deliverSoon(container, ids) }
  gatherings.set(container, gathering)
  return gathering
}

async function deliverSoon(
  container: MedusaContainer,
  ids: Set<string>
): Promise<void> {
  await setTimeout(GATHER_MS)
  // Who comes from now on begins anew: this one's question is on its way.
  gatherings.delete(container)
  await deliverNotices(
    container,
    await subscriptionsOf(container).listNoticesOf([...ids])
  )
}
