/** Mails about a subscription's money: before a charge, and what became of it. */
import type { MailDate } from "../context"
import {
  dayRow,
  moneyRow,
  subscriptionNotice,
  type MailMoney,
  type SubscriptionProps,
} from "../subscription-notice"

/** What the customer may do before a charge, as the plan says it. */
export type CustomerChoices = { can_skip: boolean; can_cancel: boolean }

export type UpcomingProps = SubscriptionProps &
  CustomerChoices & {
    date: MailDate
    /** Whole days until then. */
    days: number
    /** null: not known yet. */
    money: MailMoney | null
  }

/** A charge is near. */
export const renewalUpcoming = subscriptionNotice<UpcomingProps>({
  subject: ({ t, inDays }, { days }) =>
    t("subscription-renewal-upcoming.subject", { when: inDays(days) }),
  title: "subscription-renewal-upcoming.title",
  intro: ({ t, day }, { date, timezone }) =>
    t("subscription-renewal-upcoming.intro", { date: day(date, timezone) }),
  rows: (mail, props) => [
    moneyRow(mail, props.money),
    dayRow(mail, "subscription.next-charge", props.date, props),
  ],
  hints: ({ t }, { can_skip, can_cancel }) => [
    can_skip && can_cancel
      ? t("subscription-renewal-upcoming.skip-or-cancel")
      : can_cancel
        ? t("subscription.cancel-before")
        : t("subscription.account"),
  ],
})

export type TrialEndingProps = Omit<UpcomingProps, "can_skip"> & {
  /** Whether the charge can be made. */
  has_payment_method: boolean
}

/** A trial is over soon. */
export const trialEnding = subscriptionNotice<TrialEndingProps>({
  subject: ({ t, inDays }, { days }) =>
    t("subscription-trial-ending.subject", { when: inDays(days) }),
  title: "subscription-trial-ending.title",
  intro: ({ t, day }, { date, timezone }) =>
    t("subscription-trial-ending.intro", { date: day(date, timezone) }),
  rows: (mail, props) => [
    moneyRow(mail, props.money),
    dayRow(mail, "subscription.next-charge", props.date, props),
  ],
  hints: ({ t }, { has_payment_method, can_cancel }) => [
    has_payment_method ? null : t("subscription-trial-ending.add-method"),
    can_cancel ? t("subscription.cancel-before") : t("subscription.account"),
  ],
})

export type RenewedProps = SubscriptionProps & {
  money: MailMoney
  /** The order's number, as the customer knows it. */
  order_number: number | null
  next_charge_at: MailDate | null
}

/** A period was charged and its order placed. */
export const subscriptionRenewed = subscriptionNotice<RenewedProps>({
  subject: ({ t }) => t("subscription-renewed.subject"),
  title: "subscription-renewed.title",
  intro: ({ t, money }, { money: { amount, currency_code } }) =>
    amount > 0
      ? t("subscription-renewed.intro", {
          amount: money(amount, currency_code),
        })
      : t("subscription-renewed.free"),
  rows: (mail, props) => [
    moneyRow(mail, props.money),
    props.order_number === null
      ? null
      : [mail.t("subscription.order"), `#${props.order_number}`],
    dayRow(mail, "subscription.next-charge", props.next_charge_at, props),
  ],
})

export type PaymentFailedProps = SubscriptionProps & {
  money: MailMoney | null
  /** null: that was the last try. */
  next_try_at: MailDate | null
  /** What the last refusal has made of the subscription. */
  status: "past_due" | "paused" | "canceled"
}

/** A charge was declined. */
export const paymentFailed = subscriptionNotice<PaymentFailedProps>({
  subject: ({ t }) => t("subscription-payment-failed.subject"),
  title: "subscription-payment-failed.title",
  intro: ({ t }) => t("subscription-payment-failed.intro"),
  rows: (mail, props) => [
    moneyRow(mail, props.money),
    dayRow(mail, "subscription.next-try", props.next_try_at, props),
  ],
  hints: ({ t, day }, { next_try_at, timezone, status }) =>
    next_try_at !== null
      ? [
          t("subscription-payment-failed.retry", {
            date: day(next_try_at, timezone),
          }),
        ]
      : [
          t("subscription-payment-failed.last"),
          status === "past_due"
            ? t("subscription-payment-failed.unpaid")
            : status === "paused"
              ? t("subscription-payment-failed.paused")
              : t("subscription-payment-failed.canceled"),
        ],
  action: "subscription-payment-failed.action",
})

export type ActionRequiredProps = SubscriptionProps & {
  money: MailMoney | null
}

/** The customer's bank asks for the customer (3-D Secure). */
export const actionRequired = subscriptionNotice<ActionRequiredProps>({
  subject: ({ t }) => t("subscription-action-required.subject"),
  title: "subscription-action-required.title",
  intro: ({ t }) => t("subscription-action-required.intro"),
  rows: (mail, props) => [moneyRow(mail, props.money)],
  hints: ({ t }) => [t("subscription-action-required.hint")],
  action: "subscription-action-required.action",
  note: "subscription-action-required.note",
})
