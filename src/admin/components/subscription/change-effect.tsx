import { useDate } from "@medusajs/dashboard/hooks"
import { Alert, Heading, Text } from "@medusajs/ui"
import type { ChangePreview } from "../../../types/subscription-change-http"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { SectionSkeleton } from "../section-state"

/** What a change costs, line by line, and what comes after it. */
export function ChangeEffect(props: {
  preview: ChangePreview | undefined
  error: string | null
}) {
  const { preview, error } = props
  const { t } = useTexts()
  const rows = useRows(preview)
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
        rows.map(({ label, value }) => (
          <div key={label} className="flex justify-between gap-x-4 px-4 py-3">
            <Text size="small" className="text-ui-fg-subtle">
              {label}
            </Text>
            <Text size="small" weight="plus" className="text-end">
              {value}
            </Text>
          </div>
        ))
      ) : (
        <SectionSkeleton rows={2} />
      )}
    </section>
  )
}

function useRows(preview: ChangePreview | undefined) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  if (!preview) {
    return []
  }
  const amount = (value: number) => money(value, preview.currency_code)
  const day = (date: string) => getFullDate({ date }).trim()
  const { next_date, next_amount } = preview
  const lines = preview.lines.map(({ type, title, quantity, amount: of }) => ({
    label: t(`effect.line.${type}`, { title, quantity }),
    value: amount(type === "credit" ? -of : of),
  }))
  return [
    { label: t("effect.from"), value: day(preview.effective_at) },
    ...lines,
    ...(preview.tax
      ? [{ label: t("effect.tax"), value: amount(preview.tax) }]
      : []),
    { label: t("effect.due"), value: amount(preview.due_now) },
    ...(preview.credit_balance
      ? [{ label: t("effect.credit"), value: amount(preview.credit_balance) }]
      : []),
    {
      label: t("effect.next"),
      value:
        next_date && next_amount !== null
          ? `${day(next_date)} · ${amount(next_amount)}`
          : t("effect.none"),
    },
  ]
}
