import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { sendResetMail } from "../workflows/account-security/auth-mails"

/** Core's event of a forgotten password: `metadata`, a caller's words, is not read. */
export default async function sendMailOfPasswordReset({
  event,
  container,
}: SubscriberArgs<{
  entity_id: string
  actor_type: string
  token: string
}>): Promise<void> {
  const { entity_id, actor_type, token } = event.data
  if (actor_type === "customer") {
    await sendResetMail(container, { entity_id, token })
  }
}

export const config: SubscriberConfig = {
  event: "auth.password_reset",
  context: { subscriberId: "customer-portal-password-reset-send-mail" },
}
