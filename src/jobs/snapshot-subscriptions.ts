import type { MedusaContainer } from "@medusajs/framework/types"
import { snapshotSubscriptions } from "../workflows/metrics/snapshot-subscriptions"

/** Writes the figures of the day. */
export default async function snapshotSubscriptionsJob(
  container: MedusaContainer
): Promise<void> {
  await snapshotSubscriptions(container)
}

export const config = {
  name: "portal-snapshot-subscriptions",
  schedule: "7,37 * * * *",
}
