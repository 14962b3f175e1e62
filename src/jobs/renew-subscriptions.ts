import type { MedusaContainer } from "@medusajs/framework/types"
import { renewDueCycles } from "../workflows/renewals/renew-due-cycles"

/** Charges what is due. */
export default async function renewSubscriptions(
  container: MedusaContainer
): Promise<void> {
  await renewDueCycles(container)
}

export const config = {
  name: "portal-renew-subscriptions",
  schedule: "*/5 * * * *",
}
