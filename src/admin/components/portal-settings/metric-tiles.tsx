import { SectionRow } from "@medusajs/dashboard/components"
import { Badge, Heading, Text } from "@medusajs/ui"
import type { PortalMetrics, Share } from "../../../types/portal-admin-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"

/** The three figures that matter, and below them those that explain them. */
export function MetricTiles({ metrics }: { metrics: PortalMetrics }) {
  const { t } = useTexts()
  const { count, percent, seconds } = useNumbers()
  const { completion, leakage, deflection } = metrics
  const of = ({ part, whole }: Share) =>
    t("metrics.of", { part: count(part), whole: count(whole) })
  const rows = [
    ["redemption", metrics.redemption],
    ["expired", metrics.expired_links],
    ["recovery", metrics.recovery],
    ["stepUp", metrics.step_up_drop_off],
  ] as const
  const median = metrics.median_seconds_to_task
  return (
    <>
      <div className="grid grid-cols-1 gap-4 px-6 py-4 md:grid-cols-3">
        <Tile
          name={t("metrics.completion")}
          value={percent(completion.rate)}
          note={`${of(completion)} · ${t("metrics.completionHint")}`}
        />
        <Tile
          name={t("metrics.deflection")}
          badge={t("metrics.estimate")}
          value={percent(deflection.rate)}
          note={t("metrics.deflectionHint", {
            solved: count(deflection.solved),
            tickets: count(deflection.tickets),
          })}
        />
        <Tile
          name={t("metrics.leakage")}
          value={percent(leakage.rate)}
          note={`${of(leakage)} · ${t("metrics.leakageHint")}`}
        />
      </div>
      {rows.map(([name, share]) => (
        <SectionRow
          key={name}
          title={t(`metrics.${name}`)}
          value={share.whole ? `${percent(share.rate)} (${of(share)})` : "–"}
        />
      ))}
      <SectionRow
        title={t("metrics.median")}
        value={median === null ? "–" : seconds(Math.max(1, roundTime(median)))}
      />
    </>
  )
}

/** Nobody wants "137 seconds". */
const roundTime = (value: number) =>
  value < 60 ? Math.round(value) : Math.round(value / 60) * 60

/** A figure with its name, and a line below it. */
export function Tile(props: {
  name: string
  value: string
  note: string
  badge?: string
}) {
  return (
    <div className="bg-ui-bg-subtle flex flex-col gap-y-1 rounded-lg p-4">
      <div className="flex items-center justify-between gap-x-2">
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {props.name}
        </Text>
        {props.badge && <Badge size="2xsmall">{props.badge}</Badge>}
      </div>
      <Heading className="text-[24px] leading-8">{props.value}</Heading>
      <Text size="xsmall" className="text-ui-fg-muted">
        {props.note}
      </Text>
    </div>
  )
}
