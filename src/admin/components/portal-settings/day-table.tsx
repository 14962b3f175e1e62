import { Table } from "@medusajs/ui"
import type { PortalMetricsDay } from "../../../types/portal-admin-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"

const COLUMNS = ["redeemed", "completed", "leaked"] as const

/** What the chart shows, for who cannot see it or wants the numbers. */
export function DayTable({ days }: { days: readonly PortalMetricsDay[] }) {
  const { t } = useTexts()
  const { count, day } = useNumbers()
  return (
    <div className="max-h-72 overflow-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("metrics.columns.date")}</Table.HeaderCell>
            {COLUMNS.map((column) => (
              <Table.HeaderCell key={column} className="text-end">
                {t(`metrics.columns.${column}`)}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {[...days].reverse().map((one) => (
            <Table.Row key={one.date}>
              <Table.Cell>{day(one.date)}</Table.Cell>
              {COLUMNS.map((column) => (
                <Table.Cell key={column} className="text-end">
                  {count(one[column])}
                </Table.Cell>
              ))}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
