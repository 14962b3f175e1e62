import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Batch } from "./batch"

/** Notes what went wrong with a cycle that a later run comes back to. */
export function logFailure(
  { container }: Pick<Batch, "container">,
  cycleId: string,
  what: string,
  error: unknown
): void {
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`Billing cycle ${cycleId} ${what}: ${String(error)}`)
}
