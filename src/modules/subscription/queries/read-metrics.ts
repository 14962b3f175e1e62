/** Reads of the daily snapshots: none looks at a subscription. */
import { execute, type ModuleContext } from "../../../database/execute"
import {
  AMOUNTS,
  COUNTS,
  HAPPENED,
  type CohortFigures,
  type DailyFigures,
  type MetricsCurrency,
  type PlanFigures,
  type RangeTotals,
} from "../domain/metric-rows"

/** The currencies that there are snapshots of, the one with most first. */
export async function readMetricsCurrencies(
  context: ModuleContext
): Promise<MetricsCurrency[]> {
  return await execute<MetricsCurrency>(
    context,
    `select currency_code, subscriptions, day::text as day, computed_at
       from portal_subscription_daily
      where plan_id = ''
        and day = (select max(day) from portal_subscription_daily)
      order by subscriptions desc, currency_code`
  )
}

/** Adds up where decimals are exact. */
export async function readRangeTotals(
  context: ModuleContext,
  range: { currency_code: string; from: string; to: string }
): Promise<RangeTotals | undefined> {
  const [totals] = await execute<RangeTotals>(
    context,
    `select ${HAPPENED.map((name) => `coalesce(sum(${name}), 0)::text as ${name}`).join(", ")}
       from portal_subscription_daily
      where currency_code = ? and plan_id = '' and day between ?::date and ?::date`,
    [range.currency_code, range.from, range.to]
  )
  return totals
}

/** Days within a range, both ends in it, in order. */
export async function readDailyFigures(
  context: ModuleContext,
  range: { currency_code: string; from: string; to: string }
): Promise<DailyFigures[]> {
  return await execute<DailyFigures>(
    context,
    `select day::text as day, ${[...COUNTS, ...AMOUNTS].join(", ")}
       from portal_subscription_daily
      where currency_code = ? and plan_id = '' and day between ?::date and ?::date
      order by day`,
    [range.currency_code, range.from, range.to]
  )
}

/** The plans of a currency on a day, the largest first. */
export async function readPlanFigures(
  context: ModuleContext,
  at: { currency_code: string; day: string; limit: number }
): Promise<PlanFigures[]> {
  return await execute<PlanFigures>(
    context,
    `select d.plan_id, p.name as plan_name, d.subscriptions, d.mrr
       from portal_subscription_daily d
       left join portal_subscription_plan p on p.id = d.plan_id
      where d.currency_code = ? and d.day = ?::date and d.plan_id <> ''
        and d.subscriptions > 0
      order by d.mrr desc, d.plan_id
      limit ?`,
    [at.currency_code, at.day, at.limit]
  )
}

/** The cohorts of the last `months` months up to a day, each with its months. */
export async function readCohorts(
  context: ModuleContext,
  at: { currency_code: string; day: string; months: number }
): Promise<CohortFigures[]> {
  return await execute<CohortFigures>(
    context,
    `select to_char(cohort, 'YYYY-MM') as cohort, to_char(month, 'YYYY-MM') as month,
            size, retained, mrr
       from portal_subscription_cohort
      where currency_code = ? and month <= ?::date and cohort <= month
        and cohort > date_trunc('month', ?::date) - make_interval(months => ?)
      order by cohort, month`,
    [at.currency_code, at.day, at.day, at.months]
  )
}
