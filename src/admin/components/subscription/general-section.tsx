import { SectionRow } from "@medusajs/dashboard/components"
import { useDate } from "@medusajs/dashboard/hooks"
import { Alert, Container, Heading } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { LINK } from "../../lib/styles"
import { SubscriptionActions } from "./actions"
import { SubscriptionStatusBadge } from "./status-badge"

type Props = { subscription: AdminSubscriptionDetail }

export function GeneralSection({ subscription }: Props) {
  const { t, interval } = useTexts()
  const { getFullDate } = useDate()
  const dates = [
    ["started", subscription.started_at],
    ["trialEnds", subscription.trial_ends_at],
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
      <SectionRow
        title={t("detail.firstOrder")}
        value={
          <Link className={LINK} to={`/orders/${subscription.origin_order_id}`}>
            {t("detail.openOrder")}
          </Link>
        }
      />
    </Container>
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
  if (subscription.cancel_at_period_end && !subscription.ended_at) {
    return <Note variant="info" text={t("detail.endingAlert")} />
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
