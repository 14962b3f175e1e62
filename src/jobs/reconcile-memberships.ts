import type { MedusaContainer } from "@medusajs/framework/types"
import { reconcileMemberships } from "../workflows/memberships/reconcile-memberships"

/** Mends memberships whose event was lost, and ends those whose time is over. */
export default async function reconcileMembershipsJob(
  container: MedusaContainer
): Promise<void> {
  await reconcileMemberships(container)
}

export const config = {
  name: "portal-reconcile-memberships",
  schedule: "* * * * *",
}
