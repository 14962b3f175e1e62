import { useDate } from "@medusajs/dashboard/hooks"
import { Alert, Heading, Text } from "@medusajs/ui"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import type { ActionPreview } from "../../../types/subscription-staff-http"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { SectionSkeleton } from "../section-state"

type Row = { label: string; value: string; notes?: (string | null)[] }

/** Dates and money before anybody agrees to them, computed by what will do it. */
export function ActionEffect(props: {
  subscription: AdminSubscriptionDetail
  preview: ActionPreview | undefined
  error: string | null
}) {
  const { subscription, preview, error } = props
  const { t } = useTexts()
  const rows = useRows(subscription, preview)
  if (error) {
    return <Alert variant="error">{error}</Alert>
  }
  return (
    <section
      aria-live="polite"
      className="bg-ui-bg-subtle shadow-borders-base divide-y rounded-lg"
    >
      <Heading level="h3" className="px-4 py-3">
        {t("effect.heading")}
      </Heading>
      {preview ? (
        rows.map(({ label, value, notes }) => (
          <div key={label} className="flex justify-between gap-x-4 px-4 py-3">
            <Text size="small" className="text-ui-fg-subtle">
              {label}
            </Text>
            <div className="text-end">
              <Text size="small" weight="plus">
                {value}
              </Text>
              {notes?.filter(Boolean).map((note) => (
                <Text key={note} size="xsmall" className="text-ui-fg-subtle">
                  {note}
                </Text>
              ))}
            </div>
          </div>
        ))
      ) : (
        <SectionSkeleton rows={2} />
      )}
    </section>
  )
}

function useRows(
  subscription: AdminSubscriptionDetail,
  preview: ActionPreview | undefined
): Row[] {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  if (!preview) {
    return []
  }
  const day = (date: string) => getFullDate({ date }).trim()
  const { status, resumes_at, ends_at, next_charge } = preview
  const rows: Row[] = []
  if (status !== subscription.status) {
    rows.push({ label: t("effect.status"), value: t(`status.${status}`) })
  }
  if (status === "paused") {
    rows.push({
      label: t("effect.resumes"),
      value: resumes_at ? day(resumes_at) : t("effect.byHand"),
      notes: [resumes_at && t("effect.resumesNote")],
    })
  }
  if (ends_at) {
    rows.push({
      label: t("effect.ends"),
      value: status === "canceled" ? t("effect.now") : day(ends_at),
      notes: [t("effect.endsNote")],
    })
  }
  const { after_pause } = preview
  rows.push(
    after_pause
      ? chargeRow(t("effect.afterPause"), after_pause)
      : chargeRow(
          t(next_charge?.is_now ? "effect.charge" : "effect.next"),
          next_charge
        )
  )
  return rows

  function chargeRow(label: string, charge: ActionPreview["next_charge"]): Row {
    const before = subscription.next_charge?.date
    if (!charge) {
      return {
        label,
        value: t("effect.none"),
        notes: [before ? t("effect.before", { date: day(before) }) : null],
      }
    }
    const { amount, currency_code, date, is_now } = charge
    const isMoved = before && day(before) !== day(date)
    return {
      label,
      value: [
        is_now ? t("effect.now") : day(date),
        amount === null ? t("effect.noPrice") : money(amount, currency_code),
      ].join(" · "),
      notes: [
        t("effect.period", {
          start: day(charge.period_start),
          end: day(charge.period_end),
        }),
        isMoved ? t("effect.before", { date: day(before) }) : null,
      ],
    }
  }
}
