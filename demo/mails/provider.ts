import type { NotificationTypes } from "@medusajs/framework/types"
import {
  AbstractNotificationProviderService,
  ModuleProvider,
  Modules,
} from "@medusajs/framework/utils"

import { keepMail } from "./kept-mails"

type Notification = NotificationTypes.ProviderSendNotificationDTO

/** Sends nothing: keeps mails in the file of `DEMO_MAILS`, for the demo's page. */
class DemoMailProvider extends AbstractNotificationProviderService {
  static override identifier = "portal-demo-mails"

  override async send(notification: Notification): Promise<{ id?: string }> {
    const file = process.env.DEMO_MAILS
    if (file && notification.channel === "email") {
      keepMail(file, {
        to: notification.to,
        from: notification.from ?? null,
        template: notification.template,
        subject: notification.content?.subject ?? "",
        html: notification.content?.html ?? "",
        text: notification.content?.text ?? "",
        sent_at: new Date().toISOString(),
      })
    }
    return Promise.resolve({})
  }
}

export default ModuleProvider(Modules.NOTIFICATION, {
  services: [DemoMailProvider],
})
