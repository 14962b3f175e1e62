import type { MedusaContainer } from "@medusajs/framework/types"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { subscriptionsOf } from "../subscription-reads/reader"

/**
 * Writes the figures of each day from the last one that was written up to the
 * present, which goes on being written until it is over. Any number may run at
 * once: one writes, the others leave it to that one.
 *
 * @returns `days`: how many days this run wrote
 */
export async function snapshotSubscriptions(
  container: MedusaContainer
): Promise<{ days: number }> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const { timezone, testClock } = runtime.options
  const service = subscriptionsOf(container)
  const at = { now: await runtime.now(), timezone }
  if (testClock) {
    await service.forgetLaterDays(at)
  }
  let days = 0
  for (const day of await service.snapshotSpan(at)) {
    // A transaction each: a stop in between costs the day that it falls into.
    if (!(await service.snapshotDay({ day, now: at.now }))) {
      break
    }
    days += 1
  }
  return { days }
}
