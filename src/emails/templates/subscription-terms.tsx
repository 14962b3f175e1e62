/** Mails about changes of plan, products and billing day. */
import type { MailDate } from "../context"
import { oneLine } from "../plain-name"
import {
  dayRow,
  moneyRow,
  subscriptionNotice,
  type MailMoney,
  type SubscriptionProps,
} from "../subscription-notice"

export type ChangedProps = SubscriptionProps & {
  /** What was charged for the change; null: nothing. */
  money: MailMoney | null
  next_charge_at: MailDate | null
}

/** It is changed. */
export const subscriptionChanged = subscriptionNotice<ChangedProps>({
  subject: ({ t }) => t("subscription-changed.subject"),
  title: "subscription-changed.title",
  intro: ({ t }) => t("subscription-changed.intro"),
  rows: (mail, props) => [
    moneyRow(mail, props.money),
    dayRow(mail, "subscription.next-charge", props.next_charge_at, props),
  ],
  hints: ({ t }, { money }) => [
    money === null ? null : t("subscription-changed.order"),
  ],
})

export type ChangeScheduledProps = SubscriptionProps & {
  starts_at: MailDate
  /** null: the plan stays. */
  next_plan: string | null
}

/** It will be changed with the next period, and the change can be dropped. */
export const changeScheduled = subscriptionNotice<ChangeScheduledProps>({
  subject: ({ t }) => t("subscription-change-scheduled.subject"),
  title: "subscription-change-scheduled.title",
  intro: ({ t, day }, { starts_at, timezone }) =>
    t("subscription-change-scheduled.intro", {
      date: day(starts_at, timezone),
    }),
  rows: (mail, { next_plan }) => [
    next_plan === null
      ? null
      : [mail.t("subscription-change-scheduled.plan"), oneLine(next_plan)],
  ],
  hints: ({ t }) => [t("subscription-change-scheduled.drop")],
})
