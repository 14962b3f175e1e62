import { SectionRow } from "@medusajs/dashboard/components"
import { Button, Container, Heading, Text } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"
import type { SubscriptionMetrics } from "../../../types/subscription-metrics-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { LINK } from "../../lib/styles"
import { Tile } from "../portal-settings/metric-tiles"
import { CohortTable } from "./cohort-table"
import { FiguresTable } from "./figures-table"
import { LineChart } from "./line-chart"

type Props = { metrics: SubscriptionMetrics }

const amounts =
  ({ currency_code }: SubscriptionMetrics) =>
  (value: number) =>
    money(value, currency_code ?? "eur")

/** The four figures that matter. */
export function FigureTiles({ metrics }: Props) {
  const { t } = useTexts()
  const { count, percent } = useNumbers()
  const amount = amounts(metrics)
  const { mrr, customers, churn, ltv } = metrics
  return (
    <div className="grid grid-cols-1 gap-4 px-6 py-4 md:grid-cols-4">
      <Tile
        name={t("figures.mrr")}
        value={amount(mrr.end)}
        note={t("figures.before", { value: amount(mrr.start) })}
      />
      <Tile
        name={t("figures.customers")}
        value={count(customers.end)}
        note={t("figures.moved", {
          new: count(customers.new),
          gone: count(customers.churned),
        })}
      />
      <Tile
        name={t("figures.churn")}
        value={percent(churn.customers)}
        note={t("figures.revenueChurn", { value: percent(churn.revenue) })}
      />
      <Tile
        name={t("figures.ltv")}
        value={ltv === null ? "–" : amount(ltv)}
        note={t(ltv === null ? "figures.noLtv" : "figures.ltvHint")}
      />
    </div>
  )
}

const MOVEMENTS = [
  ["new", 1],
  ["reactivation", 1],
  ["expansion", 1],
  ["contraction", -1],
  ["churned", -1],
] as const

/** MRR day by day, as a line or in words, and what moved it. */
export function MrrSection({ metrics }: Props) {
  const { t } = useTexts()
  const { count, day } = useNumbers()
  const [isTable, setTable] = useState(false)
  const amount = amounts(metrics)
  return (
    <>
      <div className="flex flex-col gap-y-4 px-6 py-4">
        <div className="flex items-center justify-between gap-x-4">
          <Heading level="h3">{t("figures.mrrPerDay")}</Heading>
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
          <FiguresTable
            columns={[
              t("metrics.columns.date"),
              t("figures.mrr"),
              t("menu.subscriptions"),
              t("figures.new"),
              t("figures.canceled"),
            ]}
            rows={[...metrics.days].reverse().map((one) => ({
              key: one.date,
              cells: [
                day(one.date),
                amount(one.mrr),
                count(one.subscriptions),
                count(one.new_subscriptions),
                count(one.canceled_subscriptions),
              ],
            }))}
          />
        ) : (
          <LineChart
            label={t("figures.chartLabel", {
              from: amount(metrics.mrr.start),
              to: amount(metrics.mrr.end),
            })}
            points={metrics.days.map(({ date, mrr: value }) => ({
              date,
              value,
            }))}
            format={amount}
          />
        )}
      </div>
      {MOVEMENTS.map(([name, sign]) => (
        <SectionRow
          key={name}
          title={t(`figures.${name}Mrr`)}
          value={amount(metrics.mrr[name] * sign)}
        />
      ))}
    </>
  )
}

/** Statuses, trials and what dunning brought back. */
export function StateSection({ metrics }: Props) {
  const { t } = useTexts()
  const { count, percent } = useNumbers()
  const { subscriptions, trials, recovery } = metrics
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("figures.state")}</Heading>
      </div>
      {(["active", "trialing", "past_due", "paused"] as const).map((status) => (
        <SectionRow
          key={status}
          title={t(`status.${status}`)}
          value={count(subscriptions[status])}
        />
      ))}
      <SectionRow
        title={t("figures.trials")}
        value={t("figures.trialsValue", {
          rate: percent(trials.conversion),
          converted: count(trials.converted),
          lost: count(trials.lost),
        })}
      />
      <SectionRow
        title={t("figures.recovered")}
        value={t("figures.recoveredValue", {
          amount: amounts(metrics)(recovery.recovered_amount),
          recovered: count(recovery.recovered_charges),
          failed: count(recovery.failed_charges),
        })}
      />
    </Container>
  )
}

/** Which plan brings how much: a bar each, with its figures. */
export function PlansSection({ metrics }: Props) {
  const { t } = useTexts()
  const { count, percent } = useNumbers()
  const amount = amounts(metrics)
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("menu.plans")}</Heading>
      </div>
      {metrics.plans.map((plan) => (
        <div key={plan.plan_id} className="flex flex-col gap-y-2 px-6 py-4">
          <div className="flex items-baseline justify-between gap-x-4">
            <Link
              className={LINK}
              to={`/subscriptions?plan_id=${encodeURIComponent(JSON.stringify([plan.plan_id]))}`}
            >
              {plan.plan_name ?? plan.plan_id}
            </Link>
            <Text size="small" className="text-ui-fg-subtle">
              {t("figures.plan", {
                amount: amount(plan.mrr),
                share: percent(plan.mrr_share),
                subscriptions: count(plan.subscriptions),
              })}
            </Text>
          </div>
          <div className="bg-ui-bg-component h-1.5 rounded-full" aria-hidden>
            <div
              className="h-full rounded-full"
              style={{
                width: `${(plan.mrr_share ?? 0) * 100}%`,
                backgroundColor: "var(--tag-blue-icon)",
              }}
            />
          </div>
        </div>
      ))}
    </Container>
  )
}

/** Retention by the month of the start. */
export function CohortSection({ metrics }: Props) {
  const { t } = useTexts()
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("figures.cohorts")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("figures.cohortsText")}
        </Text>
      </div>
      <CohortTable cohorts={metrics.cohorts} />
    </Container>
  )
}
