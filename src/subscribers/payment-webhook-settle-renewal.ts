import type {
  SubscriberArgs,
  SubscriberConfig,
} from "@medusajs/framework/subscribers"
import type { ProviderWebhookPayload } from "@medusajs/framework/types"
import { Modules, PaymentWebhookEvents } from "@medusajs/framework/utils"
import { settleSession } from "../workflows/renewals/settle-session"

/**
 * A provider's word about a renewal's payment. Core's own subscriber passes over
 * refusals and 3-D Secure, and knows nothing of cycles. The provider verifies the
 * signature here; a forged call ends in its error.
 */
export default async function settleRenewalOfWebhook({
  event,
  container,
}: SubscriberArgs<ProviderWebhookPayload>): Promise<void> {
  const { provider, payload } = event.data
  const { data } = await container
    .resolve(Modules.PAYMENT)
    .getWebhookActionAndData({
      provider,
      payload: { ...payload, rawData: bufferOf(payload.rawData) },
    })
  const sessionId = data && "session_id" in data ? data.session_id : undefined
  if (typeof sessionId === "string" && sessionId) {
    await settleSession(container, sessionId)
  }
}

/** On its way through the event bus a buffer becomes JSON. */
function bufferOf(rawData: unknown): string | Buffer {
  if (typeof rawData === "string" || Buffer.isBuffer(rawData)) {
    return rawData
  }
  const bytes = (rawData as { data?: number[] } | undefined)?.data
  return Buffer.from(bytes ?? [])
}

export const config: SubscriberConfig = {
  event: PaymentWebhookEvents.WebhookReceived,
  context: { subscriberId: "portal-payment-webhook-settle-renewal" },
}
