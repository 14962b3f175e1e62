import type { MedusaContainer } from "@medusajs/framework/types"
import { warnExpiringCards as warn } from "../workflows/payment-methods/warn-expiring-cards"

/** Warns of cards that end soon. */
export default async function warnExpiringCards(
  container: MedusaContainer
): Promise<void> {
  await warn(container)
}

export const config = {
  name: "portal-warn-expiring-cards",
  schedule: "30 7 * * *",
}
