import { SectionRow } from "@medusajs/dashboard/components"
import { useDate } from "@medusajs/dashboard/hooks"
import { Alert, Container, Heading } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { LINK } from "../../lib/styles"
import { SubscriptionActions } from "./actions"
import { DunningRows } from "./dunning-rows"
import { SubscriptionStatusBadge } from "./status-badge"

type Props = { subscription: AdminSubscriptionDetail }

export function GeneralSection({ subscription }: Props) {
  const { t, interval } = useTexts()
  const { getFullDate } = useDate()
  const dates = [
    ["started", subscription.started_at],
    ["trialEnds", subscription.trial_ends_at],
    ["pausedAt", subscription.paused_at],
    ["resumesAt", subscription.resumes_at],
    ["cancelAt", subscription.ended_at ? null : subscription.cancel_at],
    ["canceledAt", subscription.canceled_at],
    ["endedAt", subscription.ended_at],
  ] as const
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-2 px-6 py-4">
        <Heading>{subscription.plan.name}</Heading>
        <div className="flex items-center gap-x-4">
          <SubscriptionStatusBadge subscription={subscription} />
          <SubscriptionActions subscription={subscription} />
        </div>
      </div>
      <Warning subscription={subscription} />
      <SectionRow title={t("detail.interval")} value={interval(subscription)} />
      {dates.map(
        ([name, date]) =>
          date && (
            <SectionRow
              key={name}
              title={t(`detail.${name}`)}
              value={getFullDate({ date })}
            />
          )
      )}
      <SectionRow
        title={t("detail.paidPeriods")}
        value={usePaid(subscription)}
      />
      <DunningRows subscription={subscription} />
      {subscription.prepaid_cycles && (
        <SectionRow
          title={t("detail.prepaid")}
          value={t("detail.prepaidValue", {
            cycles: subscription.prepaid_cycles,
            left: subscription.prepaid_left,
          })}
        />
      )}
      <Agreed subscription={subscription} />
      {subscription.origin_order_id && (
        <SectionRow
          title={t("detail.firstOrder")}
          value={
            <Link
              className={LINK}
              to={`/orders/${subscription.origin_order_id}`}
            >
              {t("detail.openOrder")}
            </Link>
          }
        />
      )}
    </Container>
  )
}

/** What customer and store have agreed on beyond the plan. */
function Agreed({ subscription }: Props) {
  const { t } = useTexts()
  const { discount_percent: percent, discount_cycles_left: left } = subscription
  const { skipped_cycles, cancel_reason_code, cancel_comment } = subscription
  return (
    <>
      {percent && left ? (
        <SectionRow
          title={t("detail.discount")}
          value={t("detail.discountValue", { percent, count: left })}
        />
      ) : null}
      {skipped_cycles > 0 && (
        <SectionRow
          title={t("detail.skipped")}
          value={t("detail.skippedValue", { count: skipped_cycles })}
        />
      )}
      {cancel_reason_code && (
        <SectionRow
          title={t("detail.reason")}
          value={t(`cancelReason.${cancel_reason_code}`)}
        />
      )}
      {cancel_comment && (
        <SectionRow title={t("detail.comment")} value={cancel_comment} />
      )}
    </>
  )
}

function usePaid(subscription: AdminSubscriptionDetail): string {
  const { t } = useTexts()
  const { paid_cycles: paid, min_cycles: min, max_cycles: max } = subscription
  if (max) {
    return t("detail.paidOf", { paid, max })
  }
  return min && min > paid ? t("detail.minimum", { paid, min }) : String(paid)
}

/** What a merchant has to know before anything else. */
function Warning({ subscription }: Props) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const reason = subscription.parked_reason
  if (subscription.parked_at) {
    const text = t(`parkedReason.${reason}`, { defaultValue: reason ?? "" })
    return <Note variant="error" text={text} />
  }
  const { cancel_at, next_charge } = subscription
  if (subscription.cancel_at_period_end && !subscription.ended_at) {
    const text = cancel_at
      ? t(next_charge ? "detail.endingTerm" : "detail.endingOn", {
          date: getFullDate({ date: cancel_at }).trim(),
        })
      : t("detail.endingAlert")
    return <Note variant="info" text={text} />
  }
  if (subscription.status === "past_due") {
    const date = subscription.next_charge?.date
    const text = date
      ? t("detail.pastDueAlert", {
          date: getFullDate({ date, includeTime: true }),
        })
      : t("detail.pastDueAlertNoDate")
    return <Note variant="warning" text={text} />
  }
  return null
}

function Note(props: { variant: "error" | "warning" | "info"; text: string }) {
  return (
    <div className="px-6 py-4">
      <Alert variant={props.variant}>{props.text}</Alert>
    </div>
  )
}
