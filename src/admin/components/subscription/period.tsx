import { useDate } from "@medusajs/dashboard/hooks"
import { StatusBadge, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type {
  AdminCycleView,
  ChargeAttemptView,
} from "../../../types/subscription-history-http"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { ATTEMPT_COLORS, CYCLE_COLORS } from "../../lib/status"
import { LINK } from "../../lib/styles"

/** One billing period: what became of it, its order, and its tries if any failed. */
export function Period({ cycle }: { cycle: AdminCycleView }) {
  const { t, failure } = useTexts()
  const { getFullDate } = useDate()
  const isFree = cycle.status === "completed" && cycle.amount === 0
  const hasFailures = cycle.attempts.some(
    ({ status }) => status !== "succeeded"
  )
  const notes = [
    ...when(cycle).map(([text, date]) =>
      t(text, { date: getFullDate({ date, includeTime: true }) })
    ),
    // The tries below say why they failed.
    ...(hasFailures ? [] : [failure(cycle)]),
    cycle.stock_waits > 0
      ? t("periods.stockWaits", { count: cycle.stock_waits })
      : null,
  ].filter(Boolean)
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <Text size="small" leading="compact" weight="plus">
            {cycle.sequence === 0
              ? t("periods.trialOrFirst")
              : t("periods.number", { number: cycle.sequence })}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {t("periods.range", {
              start: getFullDate({ date: cycle.period_start }).trim(),
              end: getFullDate({ date: cycle.period_end }).trim(),
            })}
          </Text>
          {notes.map((note) => (
            <Text key={note} size="small" className="text-ui-fg-subtle">
              {note}
            </Text>
          ))}
        </div>
        <div className="flex items-center gap-x-4">
          {cycle.order_id && (
            <Link className={LINK} to={`/orders/${cycle.order_id}`}>
              {t("periods.order")}
            </Link>
          )}
          <StatusBadge color={CYCLE_COLORS[cycle.status]}>
            {t(`cycleStatus.${isFree ? "completedFree" : cycle.status}`)}
          </StatusBadge>
          {cycle.amount !== null && (
            <Text size="small" leading="compact" className="min-w-16 text-end">
              {money(cycle.amount, cycle.currency_code)}
            </Text>
          )}
        </div>
      </div>
      {hasFailures && <Attempts attempts={cycle.attempts} />}
    </div>
  )
}

/** The date that matters in the state that the period is in. */
function when(cycle: AdminCycleView): [string, string][] {
  if (cycle.status === "scheduled") {
    return [["periods.due", cycle.due_at]]
  }
  const next = cycle.next_attempt_at
  return cycle.status === "retry_scheduled" && next
    ? [["periods.nextTry", next]]
    : []
}

function Attempts({ attempts }: { attempts: ChargeAttemptView[] }) {
  const { t, failure } = useTexts()
  const { getFullDate } = useDate()
  return (
    <div className="bg-ui-bg-subtle shadow-borders-base divide-y rounded-md">
      {attempts.map((attempt) => (
        <div
          key={attempt.id}
          className="flex items-start justify-between gap-x-4 px-3 py-2"
        >
          <div className="min-w-0">
            <Text size="xsmall" className="text-ui-fg-subtle">
              {t("periods.attempt", {
                number: attempt.attempt,
                date: getFullDate({
                  date: attempt.started_at,
                  includeTime: true,
                }),
              })}
            </Text>
            {attempt.failure_code && (
              <Text size="xsmall">{failure(attempt)}</Text>
            )}
          </div>
          <StatusBadge color={ATTEMPT_COLORS[attempt.status]}>
            {t(`attemptStatus.${attempt.status}`)}
          </StatusBadge>
        </div>
      ))}
    </div>
  )
}
