import { Layout } from "../layout"
import { Action, Note, Paragraph } from "../parts"
import { plainName } from "../plain-name"
import type { MailTemplate } from "../template"

export type MemberInvitedProps = {
  account_name: string
  role: "owner" | "billing_manager" | "member" | "viewer"
  /** Who invites: a name or an address. */
  inviter: string
  url: string
}

/** Somebody was invited to another customer's account. */
export const memberInvited: MailTemplate<MemberInvitedProps> = {
  subject: ({ t }, { account_name }) =>
    t("member-invited.subject", { account: plainName(account_name) }),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("member-invited.title")}
      preview={mail.t("member-invited.preview")}
    >
      <Paragraph mail={mail}>
        {mail.t("member-invited.intro", {
          account: plainName(props.account_name),
          inviter: plainName(props.inviter),
        })}
      </Paragraph>
      <Paragraph mail={mail}>
        {mail.t("member-invited.role", { role: mail.t(`role.${props.role}`) })}
      </Paragraph>
      <Action
        mail={mail}
        url={props.url}
        label={mail.t("member-invited.action")}
      />
      <Note>{mail.t("member-invited.note")}</Note>
    </Layout>
  ),
}
