import type {
  INotificationModuleService,
  MedusaContainer,
  NotificationTypes,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { systemClock } from "../../shared/clock"
import type { MailTemplateName } from "../../types/mails"
import type { Branding } from "../../types/tenant"
import { keyOf, nextAttempts } from "./attempts"
import {
  isKnownWithoutProvider,
  notificationOf,
  sendMail,
  type SendMailInput,
  type SendMailResult,
} from "./send-mail"
import { shopName } from "./shop-name"

/** A mail of any template. */
export type AnyMail = {
  [Name in MailTemplateName]: SendMailInput<Name>
}[MailTemplateName]

/**
 * Sends many mails, each once, in about as many statements as one takes. Where they
 * cannot be written down together, or one of them fails, each is looked at by itself.
 * It never throws, as {@link sendMail} does not.
 *
 * @returns what became of each, in their order
 */
export async function sendMails(
  container: MedusaContainer,
  mails: AnyMail[]
): Promise<SendMailResult[]> {
  const sent = mails.length > 1 ? await sendTogether(container, mails) : []
  const results: SendMailResult[] = []
  for (const [index, mail] of mails.entries()) {
    // Asked again, a mail that is sent is a duplicate, and one that failed is logged.
    results.push(sent[index] ?? (await sendMail(container, mail)))
  }
  return results
}

/** Results by index; none for those that have to be looked at by themselves. */
async function sendTogether(
  container: MedusaContainer,
  mails: AnyMail[]
): Promise<(SendMailResult | undefined)[]> {
  const { options } = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const notifications = container.resolve<
    INotificationModuleService | undefined
  >(Modules.NOTIFICATION, { allowUnregistered: true })
  if (!notifications) {
    return []
  }
  if (isKnownWithoutProvider()) {
    return mails.map(() => ({ sent: false, reason: "no_provider" }))
  }
  const wanted = mails.filter(
    ({ template }) => options.mails.enabled[template] !== false
  )
  const results = new Map<AnyMail, SendMailResult>()
  const byKey = new Map<string, AnyMail>()
  const drafts: NotificationTypes.CreateNotificationDTO[] = []
  const brandings = new Map<Branding, Branding>()
  try {
    const attempts = await nextAttempts(
      notifications,
      wanted.map((mail) => mail.idempotency_key),
      systemClock.now()
    )
    for (const [index, mail] of wanted.entries()) {
      const attempt = attempts[index]
      if (attempt?.key === undefined) {
        continue
      }
      const { branding: own } = mail.tenant
      const branding = brandings.get(own) ?? (await shopName(container, own))
      brandings.set(own, branding)
      drafts.push(
        await notificationOf(mail as SendMailInput<typeof mail.template>, {
          options,
          attempt,
          branding,
        })
      )
      byKey.set(attempt.key, mail)
    }
    for (const created of drafts.length
      ? await notifications.createNotifications(drafts)
      : []) {
      const mail = byKey.get(keyOf(created))
      if (mail) {
        results.set(mail, { sent: true, notification_id: created.id })
      }
    }
  } catch {
    // One of them is to blame: each says by itself which, and is logged there.
    return []
  }
  return mails.map((mail) => results.get(mail))
}
