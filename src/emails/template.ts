import type { ReactElement } from "react"
import type { MailContext, MailDate } from "./context"

/** A kind of mail: its subject, and what it shows for its props. */
export type MailTemplate<Props> = {
  subject: (mail: MailContext, props: Props) => string
  Body: (input: { mail: MailContext; props: Props }) => ReactElement
}

/** For mails that tell what has happened. */
export type HappenedProps = {
  /** When it was. */
  time?: MailDate
}
