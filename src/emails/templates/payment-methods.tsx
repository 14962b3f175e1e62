import type { MailContext } from "../context"
import { Layout } from "../layout"
import { notice } from "../notice"
import { Action, Paragraph } from "../parts"
import { plainName } from "../plain-name"
import type { HappenedProps, MailTemplate } from "../template"

/** What can be told of a payment method, as the provider names it. */
export type CardProps = {
  /** Such as `visa`; null where the provider names none. */
  brand: string | null
  /** null for what is no card. */
  last4: string | null
}

export type PaymentMethodProps = HappenedProps & CardProps

/** A payment method was saved. */
export const paymentMethodAdded = notice<PaymentMethodProps>({
  subject: "payment-method-added.subject",
  title: "payment-method-added.title",
  intro: (mail, props) =>
    mail.t("payment-method-added.intro", { card: cardName(mail, props) }),
  note: "common.not-you",
})

/** A payment method was taken away. */
export const paymentMethodRemoved = notice<PaymentMethodProps>({
  subject: "payment-method-removed.subject",
  title: "payment-method-removed.title",
  intro: (mail, props) =>
    mail.t("payment-method-removed.intro", { card: cardName(mail, props) }),
  note: "common.not-you",
})

export type CardExpiringProps = CardProps & {
  /** 1 to 12. */
  exp_month: number
  exp_year: number
  /** Days from today to the last day of that month. */
  days: number
  /** Where the card can be replaced. */
  url: string
}

/** A card that subscriptions are paid with ends soon. */
export const cardExpiring: MailTemplate<CardExpiringProps> = {
  subject: ({ t }) => t("card-expiring.subject"),
  Body: ({ mail, props }) => (
    <Layout
      mail={mail}
      title={mail.t("card-expiring.title")}
      preview={mail.t("card-expiring.preview")}
    >
      <Paragraph mail={mail}>
        {mail.t("card-expiring.intro", {
          card: cardName(mail, props),
          month: mail.month(props.exp_month, props.exp_year),
          when: mail.inDays(props.days),
        })}
      </Paragraph>
      <Paragraph mail={mail}>{mail.t("card-expiring.hint")}</Paragraph>
      <Action
        mail={mail}
        url={props.url}
        label={mail.t("card-expiring.action")}
      />
    </Layout>
  ),
}

const BRANDS: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
  mastercard: "Mastercard",
  paypal: "PayPal",
  sepa_debit: "SEPA",
  unionpay: "UnionPay",
}

/** "Visa ending in 4242", or what is known of it. */
function cardName({ t }: MailContext, { brand, last4 }: CardProps): string {
  const known = brand ? plainName(brand) : ""
  const name =
    (Object.hasOwn(BRANDS, known) && BRANDS[known]) ||
    known.charAt(0).toUpperCase() + known.slice(1) ||
    t("common.payment-method")
  return last4
    ? t("common.card", { brand: name, last4: plainName(last4) })
    : name
}
