import { Table, Text } from "@medusajs/ui"
import type {
  PortalMetrics,
  TaskFunnel,
} from "../../../types/portal-admin-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"
import { Section } from "../section"
import type { useMetricsRange } from "./metrics-section"

type Query = ReturnType<typeof useMetricsRange>["query"]

/** How far customers came with each task, and what they wrote about anyway. */
export function FunnelSection({ query }: { query: Query }) {
  const { t } = useTexts()
  return (
    <Section heading={t("funnel.heading")} query={query} skeletonRows={5}>
      {({ metrics }) => (
        <>
          <Tasks tasks={metrics.tasks} />
          <Abandoned metrics={metrics} />
          <Categories metrics={metrics} />
        </>
      )}
    </Section>
  )
}

function Tasks({ tasks }: { tasks: readonly TaskFunnel[] }) {
  const { t } = useTexts()
  const { count } = useNumbers()
  const done = tasks.filter(({ started }) => started > 0)
  if (!done.length) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("funnel.empty")}
      </Text>
    )
  }
  return (
    <div className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("funnel.task")}</Table.HeaderCell>
            {["started", "completed", "wrote"].map((column) => (
              <Table.HeaderCell key={column} className="text-end">
                {t(`funnel.${column}`)}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {done.map((row) => (
            <Table.Row key={row.task}>
              <Table.Cell className="text-nowrap">
                {t(`task.${row.task}`, { defaultValue: row.task })}
              </Table.Cell>
              {[row.started, row.completed, row.ticket_followed].map(
                (value, index) => (
                  <Table.Cell key={index} className="text-end">
                    {count(value)}
                  </Table.Cell>
                )
              )}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}

function Abandoned({ metrics }: { metrics: PortalMetrics }) {
  const { t } = useTexts()
  const flow = metrics.flows.find(
    (one) => one.flow === metrics.top_abandoned_flow
  )
  if (!flow) {
    return null
  }
  return (
    <Text size="small" className="text-ui-fg-subtle px-6 py-4">
      {t("funnel.abandoned", {
        flow: t(`flow.${flow.flow}`, { defaultValue: flow.flow }),
        count: flow.abandoned,
        sessions: flow.sessions,
      })}
    </Text>
  )
}

function Categories({ metrics }: { metrics: PortalMetrics }) {
  const { t } = useTexts()
  const { count, percent } = useNumbers()
  const rows = metrics.deflection.categories.filter(
    ({ solved, tickets }) => solved + tickets > 0
  )
  if (!rows.length) {
    return null
  }
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <Text size="small" leading="compact" weight="plus">
        {t("funnel.deflection")}
      </Text>
      {rows.map(({ category, solved, tickets, rate }) => (
        <div key={category} className="flex flex-col gap-y-1">
          <div className="flex justify-between gap-x-4">
            <Text size="small" className="text-ui-fg-subtle">
              {t(`category.${category}`)}
            </Text>
            <Text size="small" className="text-ui-fg-subtle text-nowrap">
              {percent(rate)} ·{" "}
              {t("funnel.solved", {
                solved: count(solved),
                tickets: count(tickets),
              })}
            </Text>
          </div>
          <div className="bg-ui-bg-component h-1.5 overflow-hidden rounded-full">
            <div
              className="h-full rounded-full"
              style={{
                width: `${(rate ?? 0) * 100}%`,
                backgroundColor: "var(--tag-green-icon)",
              }}
            />
          </div>
        </div>
      ))}
    </div>
  )
}
