import { useDate } from "@medusajs/dashboard/hooks"
import { Button, Text, Tooltip } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import type { AdminTimelineEntryView } from "../../../types/subscription-history-http"
import { useTimeline } from "../../hooks/api/subscriptions"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { LINK } from "../../lib/styles"
import { entryText } from "../../lib/timeline"
import { Section } from "../section"

const FIRST = 5
/** As many as one answer holds. */
const ALL = 100

/** What happened, newest first. */
export function ActivitySection(props: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const [limit, setLimit] = useState(FIRST)
  const query = useTimeline(props.subscription.id, limit)
  return (
    <Section heading={t("activity.heading")} query={query}>
      {({ timeline, count }) => (
        <div className="flex flex-col gap-y-4 px-6 py-4">
          {timeline.length === 0 && (
            <Text size="small" className="text-ui-fg-subtle">
              {t("activity.empty")}
            </Text>
          )}
          {timeline.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
          {limit === FIRST && count > timeline.length && (
            <Button
              size="small"
              variant="transparent"
              onClick={() => {
                setLimit(ALL)
              }}
            >
              {t("activity.more", {
                count: Math.min(count, ALL) - timeline.length,
              })}
            </Button>
          )}
        </div>
      )}
    </Section>
  )
}

function Entry({ entry }: { entry: AdminTimelineEntryView }) {
  const { t, failure } = useTexts()
  const { getFullDate } = useDate()
  const { order_id, amount, currency_code, code } = entry.data ?? {}
  const { reason_code } = entry.data ?? {}
  const { key, dates, ...numbers } = entryText(entry)
  const reason =
    typeof code === "string"
      ? failure({ failure_code: code })
      : typeof reason_code === "string" &&
        t(`cancelReason.${reason_code}`, { defaultValue: reason_code })
  return (
    <div className="flex gap-x-3">
      <div className="bg-ui-tag-neutral-icon mt-1.5 size-1.5 shrink-0 rounded-full" />
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus">
          {t(`activity.types.${key}`, {
            defaultValue: entry.type,
            ...numbers,
            ...Object.fromEntries(
              Object.entries(dates).map(([name, date]) => [
                name,
                getFullDate({ date }).trim(),
              ])
            ),
            amount:
              typeof amount === "number" && typeof currency_code === "string"
                ? money(amount, currency_code)
                : "",
          })}
        </Text>
        {reason && (
          <Text size="small" className="text-ui-fg-subtle">
            {reason}
          </Text>
        )}
        <Tooltip
          content={getFullDate({ date: entry.occurred_at, includeTime: true })}
        >
          <Text size="small" className="text-ui-fg-subtle w-fit">
            {getFullDate({ date: entry.occurred_at }).trim()}
            {entry.actor_type !== "system" &&
              ` ${t("activity.by", {
                actor: t(`common.${entry.actor_type}`),
              })}`}
          </Text>
        </Tooltip>
        {typeof order_id === "string" && (
          <Link className={LINK} to={`/orders/${order_id}`}>
            {t("activity.order")}
          </Link>
        )}
      </div>
    </div>
  )
}
