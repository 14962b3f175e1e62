import type {
  INotificationModuleService,
  Logger,
  MedusaContainer,
  NotificationTypes,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { MailProps } from "../../emails/catalogue"
import { renderMail } from "../../emails/render"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type { PortalOptions } from "../../modules/runtime/options"
import type RuntimeModuleService from "../../modules/runtime/service"
import { systemClock } from "../../shared/clock"
import type { MailTemplateName } from "../../types/mails"
import type { Branding, Tenant } from "../../types/tenant"
import { findAttempt, nextAttempt } from "./attempts"
import { shopName } from "./shop-name"
import { withoutSecrets } from "./without-secrets"

/** What a mail is made of. */
export type SendMailInput<Name extends MailTemplateName> = {
  template: Name
  /** The receiver's address. */
  to: string
  /** Whose looks it has, and whose language where `locale` has no texts. */
  tenant: Pick<Tenant, "id" | "branding" | "locale">
  /** The receiver's language, such as `de-AT`. */
  locale?: string | null
  props: MailProps<Name>
  /**
   * What the mail is about, in a word that no other mail has, such as
   * `card-expiring:<method>:<month>`. It is stored in clear: ids, never a code.
   */
  idempotency_key: string
  /** The customer. */
  receiver_id?: string
  /** The id of what it is about. */
  resource_id?: string
  /** What `resource_id` is an id of, such as `portal_session`. */
  resource_type?: string
  /** The event or workflow that it comes from. */
  trigger_type?: string
}

/**
 * Whether this call has sent the mail, and why not: `duplicate` means that an
 * earlier call has, or is about to.
 */
export type SendMailResult =
  | { sent: true; notification_id: string }
  | {
      sent: false
      reason: "duplicate" | "disabled" | "no_provider" | "failed"
    }

/** One warning a process: a store without mails knows it after the first. */
let hasWarned = false

/** Whether a mail has shown that this process has nobody to send one. */
export function isKnownWithoutProvider(): boolean {
  return hasWarned
}

/**
 * Sends a mail once, through the provider of Medusa's notification module that
 * has the channel `email`. It never throws, so that no request fails because of
 * a mail. A mail that failed can be sent by a later call with the same key.
 *
 * Links, codes and addresses are in the content, which Medusa does not store,
 * and never in the notification's `data`, which it does.
 *
 * @example
 * await sendMail(container, {
 *   template: "portal-login",
 *   to: customer.email,
 *   tenant,
 *   locale,
 *   props: { url, code, expires_in_minutes: 10 },
 *   idempotency_key: `portal-login:${request.id}`,
 *   receiver_id: customer.id,
 * })
 */
export async function sendMail<Name extends MailTemplateName>(
  container: MedusaContainer,
  input: SendMailInput<Name>
): Promise<SendMailResult> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  try {
    return await send(container, input, logger)
  } catch (error) {
    logger.error(describe(input, error))
    return { sent: false, reason: "failed" }
  }
}

async function send<Name extends MailTemplateName>(
  container: MedusaContainer,
  input: SendMailInput<Name>,
  logger: Logger
): Promise<SendMailResult> {
  const { options } = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const notifications = container.resolve<
    INotificationModuleService | undefined
  >(Modules.NOTIFICATION, { allowUnregistered: true })
  if (options.mails.enabled[input.template] === false) {
    return { sent: false, reason: "disabled" }
  }
  if (!notifications) {
    return withoutProvider(logger)
  }
  const attempt = await nextAttempt(
    notifications,
    input.idempotency_key,
    systemClock.now()
  )
  if (attempt.key === undefined) {
    return { sent: false, reason: attempt.reason }
  }
  const branding = await shopName(container, input.tenant.branding)
  try {
    const { id } = await notifications.createNotifications(
      await notificationOf(input, { options, attempt, branding })
    )
    return { sent: true, notification_id: id }
  } catch (error) {
    const found = await findAttempt(notifications, attempt.key)
    if (found && found.status !== "failure") {
      return { sent: false, reason: "duplicate" }
    }
    if (found && !found.provider_id) {
      return withoutProvider(logger)
    }
    throw error
  }
}

/** The notification of a mail, with its content, which Medusa does not store. */
export async function notificationOf<Name extends MailTemplateName>(
  input: SendMailInput<Name>,
  context: {
    options: PortalOptions
    attempt: { key: string; first: { id: string } | undefined }
    branding: Branding
  }
): Promise<NotificationTypes.CreateNotificationDTO> {
  const { options, attempt, branding } = context
  return {
    to: input.to,
    from: options.mails.from,
    channel: "email",
    template: input.template,
    content: await renderMail(input.template, input.props, {
      branding,
      locale: input.locale,
      fallbackLocale: input.tenant.locale,
      timezone: options.timezone,
    }),
    data: { tenant_id: input.tenant.id },
    idempotency_key: attempt.key,
    original_notification_id: attempt.first?.id,
    receiver_id: input.receiver_id,
    resource_id: input.resource_id,
    resource_type: input.resource_type,
    trigger_type: input.trigger_type,
  }
}

function withoutProvider(logger: Logger): SendMailResult {
  if (!hasWarned) {
    hasWarned = true
    logger.warn(
      "medusa-plugin-customer-portal: no mails are sent, because no provider of the notification module has the channel email."
    )
  }
  return { sent: false, reason: "no_provider" }
}

/** For the log, which must not hold what the mail holds. */
function describe(
  { template, to, props, idempotency_key }: SendMailInput<MailTemplateName>,
  error: unknown
): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `medusa-plugin-customer-portal: the mail ${template} (${idempotency_key}) was not sent: ${withoutSecrets(reason, { to, ...props })}`
}
