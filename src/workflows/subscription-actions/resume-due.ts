import type { MedusaContainer } from "@medusajs/framework/types"
import { resumeOnDate } from "../../modules/subscription/domain/actions/resume"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { EVERYONE, subscriptionsOf } from "../subscription-reads/reader"
import { changeSubscription } from "./change-subscription"

const BATCH = 100

/**
 * Ends the pauses whose date has come. It charges nothing itself: a renewal that
 * is due then is charged by the run that follows.
 *
 * @returns how many subscriptions it resumed
 */
export async function resumeDue(container: MedusaContainer): Promise<number> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const now = await runtime.now()
  const exclude: string[] = []
  let resumed = 0
  for (;;) {
    const ids = await subscriptionsOf(container).listDueResumes({
      now,
      limit: BATCH,
      exclude,
    })
    if (!ids.length) {
      return resumed
    }
    for (const id of ids) {
      // Whatever becomes of it, this run does not take it again.
      exclude.push(id)
      try {
        await changeSubscription(
          container,
          {
            scope: EVERYONE,
            id,
            actor: { type: "system", id: null },
            expected_status: "paused",
          },
          (context) => ({ ...resumeOnDate(context), charge_now: false })
        )
        resumed += 1
      } catch (error) {
        // Somebody was faster, or a charge is under way: the next run sees.
        container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`Subscription ${id} could not be resumed yet: ${String(error)}`)
      }
    }
  }
}
