import type { MedusaContainer } from "@medusajs/framework/types"
import { purgeExpired as purge } from "../workflows/account/purge-expired"

/** Deletes what no longer serves. */
export default async function purgeExpired(
  container: MedusaContainer
): Promise<void> {
  await purge(container)
}

export const config = {
  name: "portal-purge-expired",
  schedule: "17 3 * * *",
}
