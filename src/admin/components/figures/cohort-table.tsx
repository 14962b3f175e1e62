import { Text } from "@medusajs/ui"
import type { SubscriptionCohort } from "../../../types/subscription-metrics-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"
import { FiguresTable } from "./figures-table"

/** Who of each month's beginners is still there, the darker the more. */
export function CohortTable({ cohorts }: { cohorts: SubscriptionCohort[] }) {
  const { t } = useTexts()
  const { count, percent, month } = useNumbers()
  if (!cohorts.length) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("figures.empty")}
      </Text>
    )
  }
  const longest = Math.max(...cohorts.map(({ retention }) => retention.length))
  const months = Array.from({ length: longest }, (_, index) => index)
  return (
    <FiguresTable
      columns={[
        t("figures.cohort"),
        t("figures.size"),
        ...months.map((index) => t("figures.month", { number: index })),
      ]}
      rows={cohorts.map((cohort) => ({
        key: cohort.month,
        cells: [
          month(cohort.month),
          count(cohort.size),
          ...months.map((index) => {
            const rate = cohort.retention[index]?.rate
            return rate === undefined || rate === null ? null : (
              <span
                className="rounded px-2 py-1"
                style={{
                  backgroundColor: `color-mix(in srgb, var(--tag-green-icon) ${Math.round(rate * 35)}%, transparent)`,
                }}
              >
                {percent(rate)}
              </span>
            )
          }),
        ],
      }))}
    />
  )
}
