import { useDate } from "@medusajs/dashboard/hooks"
import { Container, Heading, Select, Text } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"
import { useFigures } from "../../hooks/api/figures"
import { useTexts } from "../../hooks/use-texts"
import { SectionError, SectionSkeleton } from "../section-state"
import {
  CohortSection,
  FigureTiles,
  MrrSection,
  PlansSection,
  StateSection,
} from "./sections"

const RANGES = [30, 90, 365]

/** How subscriptions do. Range and currency stand in the address. */
export function Figures() {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const [params, setParams] = useSearchParams()
  const days =
    RANGES.find((range) => String(range) === params.get("days")) ?? 30
  const { data, error, refetch } = useFigures(
    days,
    params.get("currency") ?? undefined
  )
  const choose = (name: string) => (value: string) => {
    setParams((before) => {
      before.set(name, value)
      return before
    })
  }
  const metrics = data?.metrics
  const currency = metrics?.currency_code
  return (
    <>
      <Container className="divide-y p-0">
        <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
          <Heading>{t("figures.heading")}</Heading>
          <div className="flex items-center gap-x-2">
            {currency && metrics.currencies.length > 1 && (
              <Picker
                label={t("figures.currency")}
                value={currency}
                onChange={choose("currency")}
                options={metrics.currencies.map((value) => ({
                  value,
                  label: value.toUpperCase(),
                }))}
              />
            )}
            <Picker
              label={t("metrics.range")}
              value={String(days)}
              onChange={choose("days")}
              options={RANGES.map((count) => ({
                value: String(count),
                label: t("metrics.lastDays", { count }),
              }))}
            />
          </div>
        </div>
        {error && !metrics ? (
          <SectionError error={error} onRetry={refetch} />
        ) : !metrics ? (
          <SectionSkeleton rows={8} />
        ) : !metrics.days.length ? (
          <Text
            size="small"
            className="text-ui-fg-subtle px-6 py-12 text-center"
          >
            {t("figures.empty")}
          </Text>
        ) : (
          <>
            <FigureTiles metrics={metrics} />
            <MrrSection metrics={metrics} />
            <Text size="xsmall" className="text-ui-fg-muted px-6 py-4">
              {t("figures.note", {
                timezone: metrics.timezone,
                date: metrics.computed_at
                  ? getFullDate({
                      date: metrics.computed_at,
                      includeTime: true,
                    }).trim()
                  : "–",
              })}
            </Text>
          </>
        )}
      </Container>
      {metrics && metrics.days.length > 0 && (
        <>
          <StateSection metrics={metrics} />
          <PlansSection metrics={metrics} />
          <CohortSection metrics={metrics} />
        </>
      )}
    </>
  )
}

function Picker(props: {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value: string; label: string }[]
}) {
  return (
    <Select size="small" value={props.value} onValueChange={props.onChange}>
      <Select.Trigger aria-label={props.label}>
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        {props.options.map(({ value, label }) => (
          <Select.Item key={value} value={value}>
            {label}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
}
