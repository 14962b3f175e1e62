import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { metricsOf } from "../../modules/subscription/domain/metrics"
import type { SubscriptionMetrics } from "../../types/subscription-metrics-http"
import { subscriptionsOf } from "../subscription-reads/reader"

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const MAX_DAYS = 400
const COHORT_MONTHS = 12
const MAX_PLANS = 50

/** A range of days of the shop's, both in it; left out: the last thirty. */
export type MetricsRange = {
  from?: string
  to?: string
  /** Where `from` is left out: how many days up to `to`. */
  days?: number
  /** Left out: the one with most subscriptions. */
  currency_code?: string
}

/**
 * How subscriptions did within a range, in one currency: five statements that read
 * the daily snapshots, however many subscriptions there are.
 *
 * @throws `date_out_of_range`: the range is turned around or longer than 400 days
 */
export async function subscriptionMetrics(
  container: MedusaContainer,
  input: MetricsRange
): Promise<SubscriptionMetrics> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const { timezone } = runtime.options
  const { from, to } = rangeOf(input, await runtime.now(), timezone)
  const service = subscriptionsOf(container)
  const known = await service.readMetricsCurrencies()
  const currency_code = input.currency_code ?? known[0]?.currency_code ?? null
  const answer = {
    from,
    to,
    timezone,
    currency_code,
    currencies: known.map((one) => one.currency_code),
    computed_at: known[0]?.computed_at.toISOString() ?? null,
  }
  const range = { currency_code: currency_code ?? "", from, to }
  const last = known[0]?.day ?? to
  const day = last < to ? last : to
  const [days, totals, plans, cohorts] = await Promise.all([
    service.readDailyFigures({ ...range, from: shifted(from, -1) }),
    service.readRangeTotals(range),
    service.readPlanFigures({ ...range, day, limit: MAX_PLANS }),
    service.readCohorts({ ...range, day, months: COHORT_MONTHS }),
  ])
  return {
    ...answer,
    ...metricsOf({
      currency_code: currency_code ?? "eur",
      from,
      to,
      days,
      totals,
      plans,
      cohorts,
    }),
  }
}

function rangeOf(
  { from, to, days = DEFAULT_DAYS }: MetricsRange,
  now: Date,
  timezone: string
): { from: string; to: string } {
  const last = to ?? today(now, timezone)
  const first = from ?? shifted(last, 1 - days)
  if (first > last || last > shifted(first, MAX_DAYS - 1)) {
    throw portalError("date_out_of_range", {
      message: `The range has 1 to ${MAX_DAYS} days.`,
      details: { field: "to" },
    })
  }
  return { from: first, to: last }
}

function today(now: Date, timezone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(now)
}

/** A date so many days later: dates are counted in UTC, where days are equal. */
function shifted(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}
