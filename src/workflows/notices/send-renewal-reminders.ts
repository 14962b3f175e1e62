import type { MedusaContainer } from "@medusajs/framework/types"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { subscriptionsOf } from "../subscription-reads/reader"
import { deliverNotices } from "./deliver-notices"

const PLANNED_AT_ONCE = 500
const SENT_AT_ONCE = 50

/** What a run did. */
export type ReminderCounts = Record<"due" | "announced" | "sent", number>

/**
 * Reminds customers of charges that are near, and of trials that end: once a period,
 * as many days ahead as the plan says. What a run costs grows with the charges that
 * are new, were moved, or are due for a reminder, and not with the store.
 *
 * @example
 * await sendRenewalReminders(container) // { due: 12, announced: 11, sent: 9 }
 */
export async function sendRenewalReminders(
  container: MedusaContainer
): Promise<ReminderCounts> {
  const subscriptions = subscriptionsOf(container)
  let after: string | null = ""
  while (after !== null) {
    after = await subscriptions.planReminders({ after, limit: PLANNED_AT_ONCE })
  }
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  const counts: ReminderCounts = { due: 0, announced: 0, sent: 0 }
  for (;;) {
    const { taken, subscription_ids } = await subscriptions.claimReminders({
      now,
      limit: SENT_AT_ONCE,
    })
    counts.due += taken
    counts.announced += subscription_ids.length
    if (subscription_ids.length) {
      counts.sent += await deliverNotices(
        container,
        await subscriptions.listNoticesOf(subscription_ids)
      )
    }
    if (taken < SENT_AT_ONCE) {
      return counts
    }
  }
}
