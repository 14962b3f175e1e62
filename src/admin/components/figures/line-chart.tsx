import { Text } from "@medusajs/ui"
import { useNumbers } from "../../hooks/use-numbers"

const WIDTH = 600
const HEIGHT = 160

/** A figure of each day. A table beside it says the same in words. */
export function LineChart(props: {
  points: { date: string; value: number }[]
  label: string
  format: (value: number) => string
}) {
  const { points, label, format } = props
  const { day } = useNumbers()
  const highest = Math.max(...points.map(({ value }) => value), 0) || 1
  const step = WIDTH / Math.max(points.length - 1, 1)
  const at = points.map(({ value }, index) => ({
    x: index * step,
    y: HEIGHT - (value / highest) * HEIGHT,
  }))
  const line = at.map(({ x, y }) => `${x},${y}`).join(" ")
  return (
    <figure className="flex flex-col gap-y-2">
      <div className="flex gap-x-3">
        <div className="flex h-40 flex-col justify-between text-end">
          {[highest, 0].map((value) => (
            <Text key={value} size="xsmall" className="text-ui-fg-muted">
              {format(value)}
            </Text>
          ))}
        </div>
        <svg
          role="img"
          aria-label={label}
          className="h-40 min-w-0 flex-1 overflow-visible"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          {[0, HEIGHT].map((y) => (
            <line
              key={y}
              x2={WIDTH}
              y1={y}
              y2={y}
              stroke="var(--border-base)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          <polygon
            points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`}
            fill="var(--tag-blue-icon)"
            opacity="0.1"
          />
          <polyline
            points={line}
            fill="none"
            stroke="var(--tag-blue-icon)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
          {points.map(({ date, value }, index) => (
            <rect
              key={date}
              x={(index - 0.5) * step}
              width={step}
              height={HEIGHT}
              fill="transparent"
            >
              <title>{`${day(date)}: ${format(value)}`}</title>
            </rect>
          ))}
        </svg>
      </div>
      <div className="flex justify-between ps-16">
        {[points[0], points.at(-1)].map(
          (point, index) =>
            point && (
              <Text key={index} size="xsmall" className="text-ui-fg-muted">
                {day(point.date)}
              </Text>
            )
        )}
      </div>
    </figure>
  )
}
