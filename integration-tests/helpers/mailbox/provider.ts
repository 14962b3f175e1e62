import {
  AbstractNotificationProviderService,
  ModuleProvider,
  Modules,
} from "@medusajs/framework/utils"

import { mails, refusals, type Mail } from "./store"

/** Sends nothing and keeps everything, see `mailbox()`. */
class MailboxProvider extends AbstractNotificationProviderService {
  static override identifier = "portal-mailbox"

  override async send(notification: Mail): Promise<{ id: string }> {
    const refusal = refusals().shift()
    if (refusal) {
      throw refusal
    }
    const count = mails().push(notification)
    return Promise.resolve({ id: `mail_${count}` })
  }
}

export default ModuleProvider(Modules.NOTIFICATION, {
  services: [MailboxProvider],
})
