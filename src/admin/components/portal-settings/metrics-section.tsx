import { Button, Container, Heading, Select, Text } from "@medusajs/ui"
import { useState } from "react"
import type {
  AdminPortalTenant,
  PortalMetrics,
} from "../../../types/portal-admin-http"
import { usePortalMetrics } from "../../hooks/api/portal-settings"
import { useTexts } from "../../hooks/use-texts"
import { SectionError, SectionSkeleton } from "../section-state"
import { DayChart } from "./day-chart"
import { DayTable } from "./day-table"
import { MetricTiles } from "./metric-tiles"

const RANGES = [7, 30, 90] as const
const ALL = "all"

/** What is shown, chosen once for all sections of figures. */
export function useMetricsRange() {
  const [days, setDays] = useState<number>(30)
  const [tenantId, setTenantId] = useState(ALL)
  const query = usePortalMetrics(days, tenantId === ALL ? undefined : tenantId)
  return { days, setDays, tenantId, setTenantId, query }
}

type Range = ReturnType<typeof useMetricsRange>

/** How the portal did, with a chart. */
export function MetricsSection(props: {
  range: Range
  tenants: readonly AdminPortalTenant[]
}) {
  const { t } = useTexts()
  const { data, error, refetch } = props.range.query
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <Heading level="h2">{t("metrics.heading")}</Heading>
        <RangePicker {...props} />
      </div>
      {data ? (
        <Figures metrics={data.metrics} />
      ) : error ? (
        <SectionError error={error} onRetry={refetch} />
      ) : (
        <SectionSkeleton rows={8} />
      )}
    </Container>
  )
}

function RangePicker(props: {
  range: Range
  tenants: readonly AdminPortalTenant[]
}) {
  const { t } = useTexts()
  const { days, setDays, tenantId, setTenantId } = props.range
  return (
    <div className="flex items-center gap-x-2">
      {props.tenants.length > 1 && (
        <Select size="small" value={tenantId} onValueChange={setTenantId}>
          <Select.Trigger aria-label={t("access.brand")}>
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value={ALL}>{t("metrics.allBrands")}</Select.Item>
            {props.tenants.map(({ id, branding }) => (
              <Select.Item key={id} value={id}>
                {branding.name || id}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      )}
      <Select
        size="small"
        value={String(days)}
        onValueChange={(value) => {
          setDays(Number(value))
        }}
      >
        <Select.Trigger aria-label={t("metrics.range")}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {RANGES.map((count) => (
            <Select.Item key={count} value={String(count)}>
              {t("metrics.lastDays", { count })}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  )
}

function Figures({ metrics }: { metrics: PortalMetrics }) {
  const { t } = useTexts()
  const [isTable, setTable] = useState(false)
  return (
    <>
      <MetricTiles metrics={metrics} />
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <div className="flex items-center justify-between gap-x-4">
          <Text size="small" leading="compact" weight="plus">
            {t("metrics.perDay")}
          </Text>
          <Button
            size="small"
            variant="transparent"
            onClick={() => {
              setTable(!isTable)
            }}
          >
            {t(isTable ? "metrics.asChart" : "metrics.asTable")}
          </Button>
        </div>
        {isTable ? (
          <DayTable days={metrics.days} />
        ) : metrics.completion.whole ? (
          <DayChart days={metrics.days} />
        ) : (
          <Text size="small" className="text-ui-fg-subtle py-8 text-center">
            {t("metrics.empty")}
          </Text>
        )}
        <Text size="xsmall" className="text-ui-fg-muted">
          {t("metrics.excluded", {
            timezone: metrics.timezone,
            count: metrics.window_hours,
          })}
        </Text>
      </div>
    </>
  )
}
