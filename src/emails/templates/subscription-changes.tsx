/** Mails about a subscription's course: its start, pauses and its end. */
import type { MailDate } from "../context"
import {
  dayRow,
  subscriptionNotice,
  type SubscriptionProps,
} from "../subscription-notice"

export type StartedProps = SubscriptionProps & {
  /** null: there is no trial. */
  trial_ends_at: MailDate | null
  next_charge_at: MailDate | null
}

/** A purchase has made a subscription. */
export const subscriptionStarted = subscriptionNotice<StartedProps>({
  subject: ({ t }) => t("subscription-started.subject"),
  title: "subscription-started.title",
  intro: ({ t }) => t("subscription-started.intro"),
  rows: (mail, props) => [
    dayRow(mail, "subscription.next-charge", props.next_charge_at, props),
  ],
  hints: ({ t, day }, { trial_ends_at, timezone }) => [
    trial_ends_at === null
      ? null
      : t("subscription-started.trial", { date: day(trial_ends_at, timezone) }),
    t("subscription.account"),
  ],
})

export type PausedProps = SubscriptionProps & {
  /** null: until somebody resumes it. */
  resumes_at: MailDate | null
  /** The shop cannot deliver: nobody asked for the pause. */
  is_out_of_stock: boolean
}

/** It is paused. */
export const subscriptionPaused = subscriptionNotice<PausedProps>({
  subject: ({ t }) => t("subscription-paused.subject"),
  title: "subscription-paused.title",
  intro: ({ t }, { is_out_of_stock }) =>
    is_out_of_stock
      ? t("subscription-paused.out-of-stock")
      : t("subscription-paused.intro"),
  hints: ({ t, day }, { resumes_at, timezone }) => [
    resumes_at === null
      ? t("subscription-paused.open")
      : t("subscription-paused.until", { date: day(resumes_at, timezone) }),
  ],
})

export type ResumedProps = SubscriptionProps & {
  next_charge_at: MailDate | null
}

/** A pause is over. */
export const subscriptionResumed = subscriptionNotice<ResumedProps>({
  subject: ({ t }) => t("subscription-resumed.subject"),
  title: "subscription-resumed.title",
  intro: ({ t }) => t("subscription-resumed.intro"),
  rows: (mail, props) => [
    dayRow(mail, "subscription.next-charge", props.next_charge_at, props),
  ],
})

/** It is paid with another method. */
export const paymentMethodChanged = subscriptionNotice<SubscriptionProps>({
  subject: ({ t }) => t("subscription-payment-method-changed.subject"),
  title: "subscription-payment-method-changed.title",
  intro: ({ t }) => t("subscription-payment-method-changed.intro"),
  hints: ({ t }) => [t("subscription-payment-method-changed.hint")],
})

export type CancelScheduledProps = SubscriptionProps & { ends_at: MailDate }

/** It ends on a date, and can be kept until then. */
export const cancelScheduled = subscriptionNotice<CancelScheduledProps>({
  subject: ({ t }) => t("subscription-cancel-scheduled.subject"),
  title: "subscription-cancel-scheduled.title",
  intro: ({ t, day }, { ends_at, timezone }) =>
    t("subscription-cancel-scheduled.intro", { date: day(ends_at, timezone) }),
  rows: (mail, props) => [
    dayRow(mail, "subscription.ends", props.ends_at, props),
  ],
  hints: ({ t }) => [t("subscription-cancel-scheduled.keep")],
  action: "subscription-cancel-scheduled.action",
})

export type EndedProps = SubscriptionProps & {
  /** `expired`: all agreed periods are over. */
  reason: "canceled" | "expired"
}

/** It has ended. */
export const subscriptionEnded = subscriptionNotice<EndedProps>({
  subject: ({ t }) => t("subscription-ended.subject"),
  title: "subscription-ended.title",
  intro: ({ t }, { reason }) =>
    reason === "expired"
      ? t("subscription-ended.expired")
      : t("subscription-ended.intro"),
  hints: ({ t }) => [t("subscription-ended.hint")],
  action: "subscription-ended.action",
})
