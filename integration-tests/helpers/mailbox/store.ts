import type { NotificationTypes } from "@medusajs/framework/types"

/** A mail or other message as a notification provider is given it. */
export type Mail = NotificationTypes.ProviderSendNotificationDTO

const KEY = Symbol.for("portal.test.mailbox")

/**
 * The messages sent in this process. It hangs on the global object because Jest
 * may load the provider and the test from different module registries.
 */
export function mails(): Mail[] {
  const holder = globalThis as { [KEY]?: Mail[] }
  holder[KEY] ??= []
  return holder[KEY]
}

const REFUSALS = Symbol.for("portal.test.mailbox.refusals")

/** What the provider throws instead of taking the next mails, in their order. */
export function refusals(): Error[] {
  const holder = globalThis as { [REFUSALS]?: Error[] }
  holder[REFUSALS] ??= []
  return holder[REFUSALS]
}
