import type { MedusaContainer } from "@medusajs/framework/types"
import { reconcileOrders } from "../workflows/subscriptions/reconcile-orders"

/** Finds purchases whose event was lost. */
export default async function reconcileOrdersJob(
  container: MedusaContainer
): Promise<void> {
  await reconcileOrders(container)
}

export const config = {
  name: "portal-reconcile-orders",
  schedule: "*/10 * * * *",
}
