import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { sendVerificationMail } from "../workflows/account-security/auth-mails"

/** Core's event of an address to verify: `metadata`, a caller's words, is not read. */
export default async function sendMailOfVerification({
  event,
  container,
}: SubscriberArgs<{
  entity_id: string
  auth_identity_id: string
  code: string
}>): Promise<void> {
  const { entity_id, auth_identity_id, code } = event.data
  await sendVerificationMail(container, { entity_id, auth_identity_id, code })
}

export const config: SubscriberConfig = {
  event: "auth.verification_requested",
  context: { subscriberId: "customer-portal-verification-send-mail" },
}
