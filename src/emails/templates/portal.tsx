import { Layout } from "../layout"
import { Action, Code, Note, Paragraph } from "../parts"
import type { MailTemplate } from "../template"

export type PortalLoginProps = {
  /** The link, with its token in the fragment. */
  url: string
  /** Eight characters, for those who read mails on another device. */
  code: string
  expires_in_minutes: number
}

/** The customer asked for a link to sign in with. */
export const portalLogin: MailTemplate<PortalLoginProps> = {
  subject: ({ t }) => t("portal-login.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("portal-login.title")}
      preview={mail.t("portal-login.preview")}
    >
      <Paragraph mail={mail}>
        {mail.t("portal-login.intro", {
          duration: mail.duration(props.expires_in_minutes),
        })}
      </Paragraph>
      <Action
        mail={mail}
        url={props.url}
        label={mail.t("portal-login.action")}
      />
      <Code hint={mail.t("portal-login.code")} code={props.code} />
      <Note>{mail.t("portal-login.note")}</Note>
    </Layout>
  ),
}

export type PortalLinkProps = {
  url: string
  expires_in_minutes: number
}

/** A link into the account; the texts are those of the template's name. */
const linkMail = (
  name: "portal-link" | "portal-link-renewed"
): MailTemplate<PortalLinkProps> => ({
  subject: ({ t }) => t(`${name}.subject`),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t(`${name}.title`)}
      preview={mail.t(`${name}.preview`)}
    >
      <Paragraph mail={mail}>{mail.t(`${name}.intro`)}</Paragraph>
      <Paragraph mail={mail}>
        {mail.t("common.valid-for", {
          duration: mail.duration(props.expires_in_minutes),
        })}
      </Paragraph>
      <Action mail={mail} url={props.url} label={mail.t(`${name}.action`)} />
      <Note>{mail.t(`${name}.note`)}</Note>
    </Layout>
  ),
})

/** The merchant sends a link into the customer's account. */
export const portalLink = linkMail("portal-link")

/** An expired link was opened, and a fresh one asked for. */
export const portalLinkRenewed = linkMail("portal-link-renewed")

export type PortalNoAccountProps = {
  /** Where another address can be tried. */
  portal_url: string
}

/** A link was asked for, for an address that bought nothing. */
export const portalNoAccount: MailTemplate<PortalNoAccountProps> = {
  subject: ({ t }) => t("portal-no-account.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("portal-no-account.title")}
      preview={mail.t("portal-no-account.preview")}
    >
      <Paragraph mail={mail}>{mail.t("portal-no-account.intro")}</Paragraph>
      <Paragraph mail={mail}>{mail.t("portal-no-account.hint")}</Paragraph>
      <Action
        mail={mail}
        url={props.portal_url}
        label={mail.t("portal-no-account.action")}
      />
      <Note>{mail.t("portal-no-account.note")}</Note>
    </Layout>
  ),
}
