import type { MailContext } from "./context"
import { Layout } from "./layout"
import type { MessageKey } from "./locale"
import { Details, Note, Paragraph } from "./parts"
import type { HappenedProps, MailTemplate } from "./template"

type TextOf<Props> = MessageKey | ((mail: MailContext, props: Props) => string)

type NoticeTexts<Props> = {
  subject: MessageKey
  title: MessageKey
  intro: TextOf<Props>
  hint?: TextOf<Props>
  note: MessageKey
}

/** A mail that tells what has happened, when, and what to do if it was not you. */
export function notice<Props extends HappenedProps = HappenedProps>(
  texts: NoticeTexts<Props>
): MailTemplate<Props> {
  const write = (mail: MailContext, text: TextOf<Props>, props: Props) =>
    typeof text === "string" ? mail.t(text) : text(mail, props)
  return {
    subject: ({ t }) => t(texts.subject),
    Body: ({ mail, props }) => {
      const intro = write(mail, texts.intro, props)
      return (
        <Layout mail={mail} title={mail.t(texts.title)} preview={intro}>
          <Paragraph mail={mail}>{intro}</Paragraph>
          {props.time && (
            <Details
              mail={mail}
              rows={[[mail.t("common.time"), mail.moment(props.time)]]}
            />
          )}
          {texts.hint && (
            <Paragraph mail={mail}>{write(mail, texts.hint, props)}</Paragraph>
          )}
          <Note>{mail.t(texts.note)}</Note>
        </Layout>
      )
    },
  }
}
