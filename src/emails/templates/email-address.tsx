import type { MailContext } from "../context"
import { Layout } from "../layout"
import { notice } from "../notice"
import { Action, Code, isTyped, Note, Paragraph } from "../parts"
import { oneLine } from "../plain-name"
import type { HappenedProps, MailTemplate } from "../template"

export type EmailVerificationProps = {
  /** A page that takes the code; without one the mail shows the code alone. */
  url?: string
  code: string
}

/** Whoever registered shows that the address is theirs. */
export const emailVerification: MailTemplate<EmailVerificationProps> = {
  subject: ({ t }) => t("email-verification.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("email-verification.title")}
      preview={mail.t("email-verification.preview")}
    >
      <Paragraph mail={mail}>{mail.t("email-verification.intro")}</Paragraph>
      <Confirm
        mail={mail}
        label={mail.t("email-verification.action")}
        {...props}
      />
      <Note>{mail.t("email-verification.note")}</Note>
    </Layout>
  ),
}

/** At least one of `url` and `code`. */
export type EmailChangeProps = {
  url?: string
  code?: string
  /** The new address; masked where it goes to the old one. */
  new_email: string
}

/** To the new address: is it yours? */
export const emailChangeConfirmNew: MailTemplate<EmailChangeProps> = {
  subject: ({ t }) => t("email-change-confirm-new.subject"),
  Body: ({ mail, props }) => {
    const intro = mail.t("email-change-confirm-new.intro", {
      email: oneLine(props.new_email),
    })
    return (
      <Layout
        mail={mail}
        title={mail.t("email-change-confirm-new.title")}
        preview={intro}
      >
        <Paragraph mail={mail}>{intro}</Paragraph>
        <Confirm
          mail={mail}
          label={mail.t("email-change-confirm-new.action")}
          {...props}
        />
        <Note>{mail.t("email-change-confirm-new.note")}</Note>
      </Layout>
    )
  },
}

/** To the old address: do you want this? */
export const emailChangeConfirmOld: MailTemplate<EmailChangeProps> = {
  subject: ({ t }) => t("email-change-confirm-old.subject"),
  Body: ({ mail, props }) => {
    const intro = mail.t("email-change-confirm-old.intro", {
      email: oneLine(props.new_email),
    })
    return (
      <Layout
        mail={mail}
        title={mail.t("email-change-confirm-old.title")}
        preview={intro}
      >
        <Paragraph mail={mail}>{intro}</Paragraph>
        <Confirm
          mail={mail}
          label={mail.t("email-change-confirm-old.action")}
          {...props}
        />
        <Note>{mail.t("email-change-confirm-old.note")}</Note>
      </Layout>
    )
  },
}

export type EmailChangedProps = HappenedProps & {
  /** The new address, masked: the mail goes to the old one, too. */
  new_email: string
}

/** The address has changed. */
export const emailChanged = notice<EmailChangedProps>({
  subject: "email-changed.subject",
  title: "email-changed.title",
  intro: ({ t }, { new_email }) =>
    t("email-changed.intro", { email: oneLine(new_email) }),
  note: "email-changed.note",
})

type ConfirmProps = {
  mail: MailContext
  label: string
  url?: string
  code?: string
}

/** A button, a code, or both; beside a button no code that nobody types. */
function Confirm({ mail, label, url, code }: ConfirmProps) {
  return (
    <>
      {url && <Action mail={mail} url={url} label={label} />}
      {code && (!url || isTyped(code)) && (
        <Code
          hint={mail.t(url ? "common.code-or" : "common.code-enter")}
          code={code}
        />
      )}
    </>
  )
}
