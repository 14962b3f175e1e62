import type { MedusaContainer } from "@medusajs/framework/types"
import { settle } from "../workflows/subscription-actions/settle"

/** Finishes what a crash or a lost answer has left. */
export default async function settleUnknownChargesJob(
  container: MedusaContainer
): Promise<void> {
  await settle(container)
}

export const config = {
  name: "portal-settle-unknown-charges",
  schedule: "*/5 * * * *",
}
