import type { MailDate } from "../context"
import { Layout } from "../layout"
import { Action, Details, Note, Paragraph } from "../parts"
import { oneLine, plainName } from "../plain-name"
import { notice } from "../notice"
import type { HappenedProps, MailTemplate } from "../template"

export type NewSignInProps = {
  /** Such as "Firefox on Linux". */
  device: string
  ip: string
  time: MailDate
  /** The page with the sessions and the password. */
  security_url: string
}

/** A sign-in from a device that was not seen before. */
export const newSignIn: MailTemplate<NewSignInProps> = {
  subject: ({ t }) => t("new-sign-in.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("new-sign-in.title")}
      preview={mail.t("new-sign-in.preview")}
    >
      <Paragraph mail={mail}>{mail.t("new-sign-in.intro")}</Paragraph>
      <Details
        mail={mail}
        rows={[
          [mail.t("common.device"), plainName(props.device)],
          [mail.t("common.address"), oneLine(props.ip)],
          [mail.t("common.time"), mail.moment(props.time)],
        ]}
      />
      <Paragraph mail={mail}>{mail.t("new-sign-in.hint")}</Paragraph>
      <Paragraph mail={mail}>{mail.t("new-sign-in.note")}</Paragraph>
      <Action
        mail={mail}
        url={props.security_url}
        label={mail.t("new-sign-in.action")}
      />
    </Layout>
  ),
}

export type PasswordResetProps = {
  url: string
  /** When the link ends. */
  expires: MailDate
}

/** A new password was asked for. */
export const passwordReset: MailTemplate<PasswordResetProps> = {
  subject: ({ t }) => t("password-reset.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("password-reset.title")}
      preview={mail.t("password-reset.preview")}
    >
      <Paragraph mail={mail}>{mail.t("password-reset.intro")}</Paragraph>
      <Paragraph mail={mail}>
        {mail.t("common.valid-until", { date: mail.moment(props.expires) })}
      </Paragraph>
      <Action
        mail={mail}
        url={props.url}
        label={mail.t("password-reset.action")}
      />
      <Note>{mail.t("password-reset.note")}</Note>
    </Layout>
  ),
}

/** The password was changed or reset. */
export const passwordChanged = notice({
  subject: "password-changed.subject",
  title: "password-changed.title",
  intro: "password-changed.intro",
  note: "common.not-you",
})

/** A second factor is asked for from now on. */
export const mfaEnabled = notice({
  subject: "mfa-enabled.subject",
  title: "mfa-enabled.title",
  intro: "mfa-enabled.intro",
  hint: "common.keep-codes",
  note: "common.not-you",
})

/** The second factor is gone. */
export const mfaDisabled = notice({
  subject: "mfa-disabled.subject",
  title: "mfa-disabled.title",
  intro: "mfa-disabled.intro",
  note: "common.not-you",
})

/** The old recovery codes were replaced. */
export const recoveryCodesGenerated = notice({
  subject: "recovery-codes-generated.subject",
  title: "recovery-codes-generated.title",
  intro: "recovery-codes-generated.intro",
  hint: "common.keep-codes",
  note: "common.not-you",
})

export type SignedOutProps = HappenedProps & {
  /** Whether the session that asked for it stays. */
  others_only?: boolean
}

/** Every session was ended. */
export const signedOutEverywhere = notice<SignedOutProps>({
  subject: "signed-out-everywhere.subject",
  title: "signed-out-everywhere.title",
  intro: ({ t }, { others_only }) =>
    t(
      others_only
        ? "signed-out-everywhere.others"
        : "signed-out-everywhere.intro"
    ),
  note: "common.not-you",
})

export type SignInClosedProps = {
  /** Where a new password is set. */
  url: string
  /** When the link ends, where it does. */
  expires?: MailDate
}

/** The password from before the mailbox was proven no longer works. */
export const signInClosed: MailTemplate<SignInClosedProps> = {
  subject: ({ t }) => t("sign-in-closed.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("sign-in-closed.title")}
      preview={mail.t("sign-in-closed.preview")}
    >
      <Paragraph mail={mail}>{mail.t("sign-in-closed.intro")}</Paragraph>
      <Paragraph mail={mail}>{mail.t("sign-in-closed.hint")}</Paragraph>
      {props.expires && (
        <Paragraph mail={mail}>
          {mail.t("common.valid-until", { date: mail.moment(props.expires) })}
        </Paragraph>
      )}
      <Action
        mail={mail}
        url={props.url}
        label={mail.t("sign-in-closed.action")}
      />
      <Note>{mail.t("sign-in-closed.note")}</Note>
    </Layout>
  ),
}

export type RecoveryCodeUsedProps = HappenedProps & {
  /** How many codes are left. */
  remaining: number
}

/** Somebody got in with a recovery code. */
export const recoveryCodeUsed = notice<RecoveryCodeUsedProps>({
  subject: "recovery-code-used.subject",
  title: "recovery-code-used.title",
  intro: "recovery-code-used.intro",
  hint: ({ t }, { remaining: count }) => {
    if (count <= 0) {
      return t("recovery-code-used.remaining_zero")
    }
    return count === 1
      ? t("recovery-code-used.remaining_one", { count })
      : t("recovery-code-used.remaining_other", { count })
  },
  note: "common.not-you",
})
