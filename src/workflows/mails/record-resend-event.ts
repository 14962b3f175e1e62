import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import { Resend } from "resend"
import { portalError } from "../../errors/portal-error"
import { PORTAL_SESSION_MODULE } from "../../modules/portal-session"
import type PortalSessionModuleService from "../../modules/portal-session/service"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"

/** Resend's webhook as it came in; the signature is over the exact bytes. */
export type ResendWebhook = {
  payload: string
  id: string
  timestamp: string
  signature: string
}

/** What is kept of an event. Addresses and subjects are in it, too. */
const mailEvent = z.object({
  type: z.string().regex(/^email\.[a-z_]{1,50}$/),
  created_at: z.iso.datetime({ offset: true }),
  data: z.object({ email_id: z.string().min(1).max(100) }),
})

/** Verifying takes no key; the class wants one. */
const verifier = new Resend("unused").webhooks

/**
 * Checks the signature of a webhook and writes the event down, once. Events
 * that are about no mail are taken and left, so that Resend does not repeat
 * them.
 *
 * @throws `not_found` where no secret is configured, `webhook_invalid` where
 * the signature is not Resend's or older than five minutes
 * @returns whether it was a mail's event that was not known yet
 */
export async function recordResendEvent(
  container: MedusaContainer,
  webhook: ResendWebhook
): Promise<boolean> {
  const { mails } =
    container.resolve<RuntimeModuleService>(RUNTIME_MODULE).options
  if (!mails.resendWebhookSecret) {
    throw portalError("not_found")
  }
  const event = mailEvent.safeParse(verify(webhook, mails.resendWebhookSecret))
  if (!event.success) {
    return false
  }
  const { type, created_at, data } = event.data
  return await container
    .resolve<PortalSessionModuleService>(PORTAL_SESSION_MODULE)
    .recordMailDelivery({
      provider: "resend",
      event_id: webhook.id,
      message_id: data.email_id,
      type,
      occurred_at: new Date(created_at),
    })
}

function verify(
  { payload, ...headers }: ResendWebhook,
  webhookSecret: string
): unknown {
  try {
    return verifier.verify({ payload, headers, webhookSecret })
  } catch {
    throw portalError("webhook_invalid")
  }
}
