import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { sendLoginMail } from "../workflows/portal-sessions/send-login-mail"

/** After the answer has gone out: whoever asked learns nothing from the time. */
export default async function sendMailOfLoginRequest({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await sendLoginMail(container, event.data.id)
}

export const config: SubscriberConfig = {
  event: "portal.login.requested",
  context: { subscriberId: "customer-portal-login-requested-send-mail" },
}
