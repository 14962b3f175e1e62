import type { MedusaContainer } from "@medusajs/framework/types"
import { settleUnknownCharges } from "../workflows/renewals/settle-cycles"

/** Finishes what a crash or a lost answer has left. */
export default async function settleUnknownChargesJob(
  container: MedusaContainer
): Promise<void> {
  await settleUnknownCharges(container)
}

export const config = {
  name: "portal-settle-unknown-charges",
  schedule: "*/5 * * * *",
}
