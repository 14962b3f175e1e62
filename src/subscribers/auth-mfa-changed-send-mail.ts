import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { tellOfMfaChange } from "../workflows/account-security/mfa-mails"

const TEMPLATES = {
  "auth.mfa_enabled": "mfa-enabled",
  "auth.mfa_disabled": "mfa-disabled",
  "auth.mfa_recovery_codes_generated": "recovery-codes-generated",
} as const

/** Core's events of the second factor, which come from its routes and from ours. */
export default async function sendMailOfMfaChange({
  event,
  container,
}: SubscriberArgs<{ auth_identity_id: string }>): Promise<void> {
  const template = TEMPLATES[event.name as keyof typeof TEMPLATES]
  await tellOfMfaChange(container, {
    auth_identity_id: event.data.auth_identity_id,
    template,
    occasion: new Date().toISOString(),
  })
}

export const config: SubscriberConfig = {
  event: Object.keys(TEMPLATES),
  context: { subscriberId: "customer-portal-mfa-changed-send-mail" },
}
