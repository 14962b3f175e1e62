import { Text } from "@medusajs/ui"
import type { PortalMetricsDay } from "../../../types/portal-admin-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"

const HEIGHT = 100
/** Of a day; the picture is stretched to the width that there is. */
const STEP = 10
const BAR = 7

/** The dashboard's own colours, light and dark. */
const COLORS = {
  completed: "var(--tag-green-icon)",
  leaked: "var(--tag-orange-icon)",
  open: "var(--tag-neutral-border)",
} as const
type Part = keyof typeof COLORS
const PARTS = Object.keys(COLORS) as Part[]

const partsOf = ({ redeemed, completed, leaked }: PortalMetricsDay) => ({
  completed,
  leaked,
  open: Math.max(redeemed - completed - leaked, 0),
})

/** Sessions of each day, by how they went. The table says the same in words. */
export function DayChart({ days }: { days: readonly PortalMetricsDay[] }) {
  const { t } = useTexts()
  const { count, day } = useNumbers()
  const highest = Math.max(1, ...days.map(({ redeemed }) => redeemed))
  const [first, last] = [days[0], days.at(-1)]
  return (
    <figure className="flex flex-col gap-y-3">
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1">
        {PARTS.map((part) => (
          <span key={part} className="flex items-center gap-x-2">
            <span
              className="size-2 rounded-full"
              style={{ backgroundColor: COLORS[part] }}
            />
            <Text size="xsmall" className="text-ui-fg-subtle">
              {t(`metrics.parts.${part}`)}
            </Text>
          </span>
        ))}
      </figcaption>
      <div className="flex gap-x-2">
        <div className="flex h-40 flex-col justify-between text-end">
          {[highest, 0].map((value) => (
            <Text key={value} size="xsmall" className="text-ui-fg-muted">
              {count(value)}
            </Text>
          ))}
        </div>
        <svg
          role="img"
          aria-label={t("metrics.chartLabel")}
          className="h-40 min-w-0 flex-1"
          viewBox={`0 0 ${Math.max(days.length, 1) * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <line
            x1="0"
            x2={days.length * STEP}
            y1={HEIGHT}
            y2={HEIGHT}
            stroke="var(--border-base)"
            vectorEffect="non-scaling-stroke"
          />
          {days.map((one, index) => (
            <DayBar
              key={one.date}
              day={one}
              x={index * STEP}
              scale={HEIGHT / highest}
              title={t("metrics.dayTitle", { ...one, date: day(one.date) })}
            />
          ))}
        </svg>
      </div>
      {first && last && (
        <div className="flex justify-between ps-4">
          {[first, last].map(({ date }) => (
            <Text key={date} size="xsmall" className="text-ui-fg-muted">
              {day(date)}
            </Text>
          ))}
        </div>
      )}
    </figure>
  )
}

function DayBar(props: {
  day: PortalMetricsDay
  x: number
  scale: number
  title: string
}) {
  const { day, x, scale, title } = props
  const parts = partsOf(day)
  return (
    <g>
      <title>{title}</title>
      {/* So that a day without a bar has a title, too. */}
      <rect x={x} y={0} width={STEP} height={HEIGHT} fill="transparent" />
      {PARTS.map((part, index) => {
        const below = PARTS.slice(0, index).reduce(
          (sum, other) => sum + parts[other],
          0
        )
        const height = parts[part] * scale
        return (
          <rect
            key={part}
            x={x + (STEP - BAR) / 2}
            y={HEIGHT - below * scale - height}
            width={BAR}
            height={height}
            fill={COLORS[part]}
          />
        )
      })}
    </g>
  )
}
