import type { ReactNode } from "react"
import type { MailContext, MailDate } from "./context"
import { Layout } from "./layout"
import type { MessageKey } from "./locale"
import { Action, Details, Note, Paragraph } from "./parts"
import { oneLine } from "./plain-name"
import type { MailTemplate } from "./template"

/** An amount, in the currency's major unit. */
export type MailMoney = { amount: number; currency_code: string }

/** What every mail about a subscription is given. */
export type SubscriptionProps = {
  /** The plan's name. */
  plan: string
  items: { title: string; quantity: number }[]
  /** The subscription in the portal. */
  url: string
  /** IANA zone in which its dates are counted. */
  timezone: string
}

/** More items than this are not listed. */
const MOST_ITEMS = 5

type Text<Props> = (mail: MailContext, props: Props) => string
type Row = [label: string, value: string]

type SubscriptionTexts<Props> = {
  subject: Text<Props>
  title: MessageKey
  intro: Text<Props>
  /** What stands below the plan and its items. */
  rows?: (mail: MailContext, props: Props) => (Row | null)[]
  /** What it means for the customer, a paragraph each. */
  hints?: (mail: MailContext, props: Props) => (string | null)[]
  action?: MessageKey
  note?: MessageKey
}

/** A mail about one subscription: what is, the facts, what can be done. */
export function subscriptionNotice<Props extends SubscriptionProps>(
  texts: SubscriptionTexts<Props>
): MailTemplate<Props> {
  return {
    subject: texts.subject,
    Body: ({ mail, props }) => {
      const intro = texts.intro(mail, props)
      const hints = texts.hints?.(mail, props) ?? []
      return (
        <Layout mail={mail} title={mail.t(texts.title)} preview={intro}>
          <Paragraph mail={mail}>{intro}</Paragraph>
          <Details
            mail={mail}
            rows={[
              [mail.t("subscription.plan"), oneLine(props.plan)],
              ...given([itemsRow(mail, props)]),
              ...given(texts.rows?.(mail, props) ?? []),
            ]}
          />
          {given(hints).map((hint): ReactNode => (
            <Paragraph key={hint} mail={mail}>
              {hint}
            </Paragraph>
          ))}
          <Action
            mail={mail}
            url={props.url}
            label={mail.t(texts.action ?? "subscription.manage")}
          />
          {texts.note && <Note>{mail.t(texts.note)}</Note>}
        </Layout>
      )
    },
  }
}

/** A row with a day in the subscription's zone; none without one. */
export function dayRow(
  mail: MailContext,
  label: MessageKey,
  date: MailDate | null,
  { timezone }: SubscriptionProps
): Row | null {
  return date === null ? null : [mail.t(label), mail.day(date, timezone)]
}

/** A row with an amount; none without one. */
export function moneyRow(
  mail: MailContext,
  money: MailMoney | null
): Row | null {
  return money === null
    ? null
    : [
        mail.t("subscription.amount"),
        mail.money(money.amount, money.currency_code),
      ]
}

function itemsRow(mail: MailContext, { items }: SubscriptionProps): Row | null {
  const shown = items
    .slice(0, MOST_ITEMS)
    .map(({ title, quantity }) => `${quantity} × ${oneLine(title)}`)
  const rest = items.length > MOST_ITEMS ? ["…"] : []
  return shown.length
    ? [mail.t("subscription.items"), [...shown, ...rest].join(", ")]
    : null
}

function given<T>(values: (T | null)[]): T[] {
  return values.filter((value): value is T => value !== null)
}
