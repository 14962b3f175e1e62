import { createHash, randomUUID } from "node:crypto"
import type { NotificationTypes } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type { CreateEmailOptions } from "resend"
import { occasionOf } from "../../shared/mail-attempts"
import type { ResendOptions } from "./options"

/** What Medusa hands to a provider; its type leaves the key out. */
export type Sendable = NotificationTypes.ProviderSendNotificationDTO & {
  idempotency_key?: string | null
}

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * A notification as Resend's API takes it.
 *
 * @throws MedusaError where the notification has no `content`
 */
export function toEmail(
  notification: Sendable,
  options: ResendOptions
): CreateEmailOptions {
  const { subject, html, text } = notification.content ?? {}
  if (!subject || !(html || text)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "notification-resend sends what is in `content`: a subject, and html or text."
    )
  }
  return {
    from: notification.from?.trim() || options.from,
    to: notification.to,
    subject,
    ...(html ? { html, ...(text && { text }) } : { text: text ?? "" }),
    ...(options.replyTo && { replyTo: options.replyTo }),
    ...(notification.attachments?.length && {
      attachments: notification.attachments.map((attachment) => ({
        filename: attachment.filename,
        content: base64(attachment.content),
        contentType: attachment.content_type,
        ...(attachment.disposition === "inline" && {
          contentId: attachment.id,
        }),
      })),
    }),
  }
}

/**
 * Resend's key for a mail: of what it is about, and of what it says. Later
 * attempts of the same mail have the same key, so that Resend drops a second
 * one within its 24 hours; a mail with a new link has another, since Resend
 * refuses an old key with a new content.
 */
export function idempotencyKeyOf(
  { idempotency_key: key }: Sendable,
  email: CreateEmailOptions
): string {
  return createHash("sha256")
    .update(key ? occasionOf(key) : randomUUID())
    .update("\0")
    .update(JSON.stringify(email))
    .digest("hex")
}

/** Medusa's providers hand files on as base64, its types say binary. */
function base64(content: string): string {
  return BASE64.test(content)
    ? content
    : Buffer.from(content, "binary").toString("base64")
}
