import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { dropChange } from "../../modules/subscription/domain/actions/change"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { changeSubscription } from "../subscription-actions/change-subscription"
import { EVERYONE, subscriptionsOf } from "../subscription-reads/reader"

/** How long a change waits for the customer's bank: the next period waits with it. */
const CONFIRMATION_MS = 60 * 60 * 1000
const BATCH = 100

/**
 * Drops changes whose charge the customer has not confirmed in an hour, so that the
 * next period is charged on its day. Their payments are made void afterwards.
 *
 * @returns how many
 */
export async function dropUnconfirmedChanges(
  container: MedusaContainer
): Promise<number> {
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  const before = new Date(now.getTime() - CONFIRMATION_MS)
  const exclude: string[] = []
  let dropped = 0
  for (;;) {
    const changes = await subscriptionsOf(container).listUnconfirmedChanges({
      before,
      limit: BATCH,
      exclude,
    })
    if (!changes.length) {
      return dropped
    }
    for (const { id, subscription_id } of changes) {
      exclude.push(id)
      try {
        await changeSubscription(
          container,
          {
            scope: EVERYONE,
            id: subscription_id,
            actor: { type: "system", id: null },
          },
          dropChange
        )
        dropped += 1
      } catch (error) {
        // Confirmed at this moment, or being settled: the next run sees.
        container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`Change ${id} could not be dropped yet: ${String(error)}`)
      }
    }
  }
}
