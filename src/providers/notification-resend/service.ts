import type { NotificationTypes } from "@medusajs/framework/types"
import {
  AbstractNotificationProviderService,
  MedusaError,
} from "@medusajs/framework/utils"
import { Resend } from "resend"
import { idempotencyKeyOf, toEmail } from "./email"
import { requireOptions, type ResendOptions } from "./options"
import { sendWithRetries } from "./send-with-retries"

/** Sends what a notification has in `content` through Resend. */
export class ResendNotificationService extends AbstractNotificationProviderService {
  static override identifier = "notification-resend"

  protected readonly options_: ResendOptions
  protected readonly client_: Resend

  constructor(_container: Record<string, unknown>, options: ResendOptions) {
    super()
    this.options_ = options
    this.client_ = new Resend(options.apiKey, { baseUrl: options.baseUrl })
  }

  static override validateOptions(options: Record<string, unknown>): void {
    requireOptions(options)
  }

  /**
   * Sends one mail. What may pass (network, 429, 5xx) is tried again, under the
   * same idempotency key, so that a lost answer does not send a second mail.
   *
   * @throws MedusaError with Resend's name for the problem; neither the key nor
   * anything of the mail is in it
   */
  override async send(
    notification: NotificationTypes.ProviderSendNotificationDTO
  ): Promise<NotificationTypes.ProviderSendNotificationResultsDTO> {
    const email = toEmail(notification, this.options_)
    const outcome = await sendWithRetries(
      this.client_,
      email,
      idempotencyKeyOf(notification, email)
    )
    if ("id" in outcome) {
      return { id: outcome.id }
    }
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `Resend did not take the mail: ${outcome.name} (${outcome.status ?? "no answer"}).`
    )
  }
}
