import type { MedusaContainer } from "@medusajs/framework/types"
import { sendRenewalReminders as send } from "../workflows/notices/send-renewal-reminders"

/** Reminds of charges that are near, and of trials that end. */
export default async function sendRenewalReminders(
  container: MedusaContainer
): Promise<void> {
  await send(container)
}

export const config = {
  name: "portal-send-renewal-reminders",
  schedule: "*/15 * * * *",
}
