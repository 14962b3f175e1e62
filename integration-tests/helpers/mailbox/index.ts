import { eventually } from "../eventually"
import { mails, refusals, type Mail } from "./store"

export type { Mail } from "./store"

export type MailFilter = { to?: string; template?: string; channel?: string }

/** The messages sent in this process since the test began, oldest first. */
export function mailbox(filter: MailFilter = {}): Mail[] {
  return mails().filter(
    (mail) =>
      (filter.to === undefined || mail.to === filter.to) &&
      (filter.template === undefined || mail.template === filter.template) &&
      (filter.channel === undefined || mail.channel === filter.channel)
  )
}

/** Waits for a message; answers the newest that fits. */
export function waitForMail(
  filter: MailFilter,
  timeout?: number
): Promise<Mail> {
  return eventually(() => mailbox(filter).at(-1), {
    timeout,
    what: `a mail with ${JSON.stringify(filter)}`,
  })
}

export function emptyMailbox(): void {
  mails().length = 0
}

/** Lets the provider fail for the next mails, one for each message. */
export function refuseMails(...messages: string[]): void {
  refusals().push(...messages.map((message) => new Error(message)))
}
