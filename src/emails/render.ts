import { render, toPlainText } from "@react-email/render"
import { createElement } from "react"
import type { MailTemplateName } from "../types/mails"
import { MAIL_TEMPLATES, type MailProps } from "./catalogue"
import { mailContext, type MailContext, type MailOptions } from "./context"
import type { MailTemplate } from "./template"

/** A mail as a provider sends it. */
export type RenderedMail = { subject: string; html: string; text: string }

/**
 * Writes a mail in a language and a tenant's looks.
 *
 * @example
 * await renderMail(
 *   "portal-login",
 *   { url, code: "7KQ2M9XR", expires_in_minutes: 10 },
 *   { locale: "de-AT", branding: tenant.branding }
 * )
 */
export async function renderMail<Name extends MailTemplateName>(
  name: Name,
  props: MailProps<Name>,
  options: MailOptions
): Promise<RenderedMail> {
  return await renderWith(mailContext(options), name, props)
}

/** {@link renderMail} with a context of one's own. */
export async function renderWith<Name extends MailTemplateName>(
  mail: MailContext,
  name: Name,
  props: MailProps<Name>
): Promise<RenderedMail> {
  // TypeScript does not see that a name's template takes that name's props.
  const template = MAIL_TEMPLATES[name] as unknown as MailTemplate<
    MailProps<Name>
  >
  const html = await render(createElement(template.Body, { mail, props }))
  return {
    subject: template.subject(mail, props),
    html,
    text: toPlainText(html, {
      selectors: [
        { selector: "h1", options: { uppercase: false } },
        { selector: "hr", options: { length: 20 } },
      ],
    }).replace(/\n{3,}/g, "\n\n"),
  }
}
