import type { SubscriptionProps } from "../../emails/subscription-notice"
import type { MailCategory } from "../../modules/portal-session/domain/preferences"
import { daysUntil } from "../../modules/subscription/domain/reminder-date"
import type { NoticedType } from "../../modules/subscription/domain/notices"
import type { PendingNotice } from "../../modules/subscription/queries/notices"
import { isStripeProvider } from "../../shared/stripe-provider"
import type { AnyMail } from "../mails/send-mails"

/** Template and props of a mail. */
export type NoticeMail = {
  [Mail in AnyMail as Mail["template"]]: Pick<Mail, "template" | "props">
}[`subscription-${string}` & AnyMail["template"]]

/** What has to be looked up for some kinds of notices only. */
export type NoticeFacts = {
  now: Date
  /** The subscription in the portal. */
  url: string
  /** What the next renewal charges; null: it cannot be priced now. */
  preview: { cycle_id: string; date: Date; amount: number | null } | null
  order_number: number | null
}

/** What a notice is about, as customers choose their mails. */
export function categoryOf(type: NoticedType): MailCategory {
  return type === "renewal_upcoming" || type === "trial_ending"
    ? "renewals"
    : "payments"
}

/**
 * The mail of a notice.
 *
 * @returns null where it is of no use any more: what it would tell is over
 */
export function noticeMail(
  notice: PendingNotice,
  facts: NoticeFacts
): NoticeMail | null {
  const about = aboutOf(notice, facts)
  switch (notice.type) {
    case "created":
      return {
        template: "subscription-started",
        props: {
          ...about,
          trial_ends_at: notice.trial_ends_at,
          next_charge_at: notice.next_charge_at,
        },
      }
    case "renewal_upcoming":
    case "trial_ending":
      return reminder(notice, facts)
    case "renewed":
      return {
        template: "subscription-renewed",
        props: {
          ...about,
          money: moneyOf(notice) ?? {
            amount: 0,
            currency_code: notice.currency_code,
          },
          order_number: facts.order_number,
          next_charge_at: notice.next_charge_at,
        },
      }
    case "payment_failed":
      return paymentFailed(notice, facts)
    case "action_required":
      // Nobody is asked for what is done, or has been given up.
      return notice.cycle_status === "action_required"
        ? {
            template: "subscription-action-required",
            props: { ...about, money: moneyOf(notice) },
          }
        : null
    case "paused":
    case "paused_for_stock":
      return {
        template: "subscription-paused",
        props: {
          ...about,
          resumes_at: dateOf(notice, "resumes_at"),
          is_out_of_stock: notice.type === "paused_for_stock",
        },
      }
    case "resumed":
      return {
        template: "subscription-resumed",
        props: { ...about, next_charge_at: dateOf(notice, "next_charge_at") },
      }
    case "payment_method_changed":
      return { template: "subscription-payment-method-changed", props: about }
    case "cancel_scheduled":
      return cancelScheduled(notice, facts)
    case "changed":
      return {
        template: "subscription-changed",
        props: {
          ...about,
          // At the end of a period its charge has a mail of its own.
          money: notice.data?.when === "now" ? moneyOf(notice) : null,
          next_charge_at: notice.next_charge_at,
        },
      }
    case "change_scheduled":
      return changeScheduled(notice, facts)
    case "canceled":
    case "ended":
      return {
        template: "subscription-ended",
        props: {
          ...about,
          reason: notice.status === "expired" ? "expired" : "canceled",
        },
      }
  }
}

function aboutOf(
  notice: PendingNotice,
  { url }: NoticeFacts
): SubscriptionProps {
  const { plan_name: plan, items, timezone } = notice
  return { plan, items: items ?? [], url, timezone }
}

/** None where the charge is over, was moved past recognition, or is not coming. */
function reminder(
  notice: PendingNotice,
  facts: NoticeFacts
): NoticeMail | null {
  const { preview, now } = facts
  if (preview?.cycle_id !== notice.cycle_id || preview.date <= now) {
    return null
  }
  const { date, amount } = preview
  const { customer_actions: may, currency_code } = notice
  const props = {
    ...aboutOf(notice, facts),
    date,
    days: daysUntil(date, now),
    money: amount === null ? null : { amount, currency_code },
    can_cancel: may.cancel === true,
  }
  return notice.type === "trial_ending"
    ? {
        template: "subscription-trial-ending",
        props: {
          ...props,
          has_payment_method: canBeCharged(notice),
        },
      }
    : {
        template: "subscription-renewal-upcoming",
        props: { ...props, can_skip: may.skip === true },
      }
}

/** As the renewal sees it: with Stripe a card is saved, others know theirs. */
function canBeCharged({ provider_id, payment_method_id }: PendingNotice) {
  return (
    provider_id !== null &&
    (!isStripeProvider(provider_id) || payment_method_id !== null)
  )
}

/** None where the period was paid meanwhile, or nobody asks for it any more. */
function paymentFailed(
  notice: PendingNotice,
  facts: NoticeFacts
): NoticeMail | null {
  const { cycle_status: status } = notice
  if (status === "paid" || status === "completed" || status === "skipped") {
    return null
  }
  return {
    template: "subscription-payment-failed",
    props: {
      ...aboutOf(notice, facts),
      money: moneyOf(notice),
      next_try_at: dateOf(notice, "next_attempt_at"),
      status:
        notice.status === "paused" || notice.status === "canceled"
          ? notice.status
          : "past_due",
    },
  }
}

/** None where the customer has kept it meanwhile. */
function cancelScheduled(
  notice: PendingNotice,
  facts: NoticeFacts
): NoticeMail | null {
  const ends_at = dateOf(notice, "ends_at")
  const isKept =
    !notice.cancel_at_period_end &&
    notice.status !== "canceled" &&
    notice.status !== "expired"
  return ends_at === null || isKept
    ? null
    : {
        template: "subscription-cancel-scheduled",
        props: { ...aboutOf(notice, facts), ends_at },
      }
}

/** None where it has been dropped meanwhile, or is made. */
function changeScheduled(
  notice: PendingNotice,
  facts: NoticeFacts
): NoticeMail | null {
  const starts_at = dateOf(notice, "starts_at")
  return starts_at === null || !notice.has_pending_change
    ? null
    : {
        template: "subscription-change-scheduled",
        props: {
          ...aboutOf(notice, facts),
          starts_at,
          next_plan: notice.pending_plan_name,
        },
      }
}

function moneyOf({ cycle_amount, currency_code }: PendingNotice) {
  return cycle_amount === null
    ? null
    : { amount: Number(cycle_amount), currency_code }
}

/** A date of the entry, as it stood when it was written. */
function dateOf({ data }: PendingNotice, key: string): string | null {
  const value = data?.[key]
  return typeof value === "string" ? value : null
}
