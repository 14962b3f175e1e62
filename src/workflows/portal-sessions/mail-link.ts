import type { MedusaContainer } from "@medusajs/framework/types"
import type { SessionRow } from "../../modules/portal-session/queries/session-row"
import { sendMail, type SendMailResult } from "../mails/send-mail"
import {
  createPortalLink,
  type PortalLink,
  type PortalLinkInput,
} from "./create-link"
import { portalOptions, portalSessions } from "./services"

/** Why a link's mail is not on its way. */
export type NotSent = Exclude<
  Extract<SendMailResult, { sent: false }>["reason"],
  "duplicate"
>

/** A link that was mailed, or could not be. */
export type MailedLink = PortalLink & { not_sent: NotSent | null }

/**
 * Makes a link and mails it to the customer's address on file. The address of the
 * link stands in the mail's content and nowhere else. Where the mail cannot be
 * sent the link stays, and the caller decides about it.
 */
export async function mailPortalLink(
  container: MedusaContainer,
  input: PortalLinkInput & { email: string; is_renewal?: boolean }
): Promise<MailedLink> {
  const { email, is_renewal = false, ...link } = input
  const made = await createPortalLink(container, link)
  const seconds =
    input.link_seconds ?? portalOptions(container).sessions.linkSeconds
  const mail = await sendMail(container, {
    template: is_renewal ? "portal-link-renewed" : "portal-link",
    to: email,
    locale: input.locale,
    tenant: input.tenant,
    props: {
      url: made.url,
      expires_in_minutes: Math.floor(seconds / 60),
    },
    idempotency_key: `portal-link:${made.session.id}`,
    receiver_id: input.customer_id,
    resource_id: made.session.id,
    resource_type: "portal_session",
  })
  const not_sent = await noteMail(container, made.session, mail)
  return { ...made, not_sent }
}

/**
 * Writes down what became of a link's mail.
 *
 * @returns why it is not on its way; null where it is
 */
export async function noteMail(
  container: MedusaContainer,
  session: SessionRow,
  mail: SendMailResult
): Promise<NotSent | null> {
  const reason = mail.sent || mail.reason === "duplicate" ? null : mail.reason
  await portalSessions(container).recordEvent({
    type: reason ? "link_not_sent" : "link_sent",
    tenant_id: session.tenant_id,
    customer_id: session.customer_id,
    session_id: session.id,
    data: reason && { reason },
  })
  return reason
}
