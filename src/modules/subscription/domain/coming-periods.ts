import { CodedError } from "../../../shared/coded-error"
import type { BillingPeriod } from "../../../shared/calendar"
import { cyclePeriod, type ScheduledSubscription } from "./billing-schedule"

/** Where the coming periods start and how many there are. */
export type ComingInput = {
  /** `period_index` and `sequence` of the open cycle. */
  period_index: number
  sequence: number
  count: number
  /** The agreed number of periods, and how many of them are paid. */
  max_cycles: number | null
  paid_cycles: number
}

export type ComingPeriod = BillingPeriod<Date> & { sequence: number }

/**
 * The periods from the open cycle on, fewer than asked for where the agreement
 * ends before, or the calendar does (31 December 9999).
 *
 * @example
 * comingPeriods(subscription, { ...open, count: 2, max_cycles: null }).length // 2
 */
export function comingPeriods(
  subscription: ScheduledSubscription,
  { period_index, sequence, count, max_cycles, paid_cycles }: ComingInput
): ComingPeriod[] {
  const left = max_cycles === null ? count : max_cycles - paid_cycles
  const periods: ComingPeriod[] = []
  for (let i = 0; i < Math.min(count, left); i += 1) {
    try {
      const period = cyclePeriod(subscription, period_index + i)
      periods.push({ ...period, sequence: sequence + i })
    } catch (error) {
      if (error instanceof CodedError && error.code === "date_out_of_range") {
        break
      }
      throw error
    }
  }
  return periods
}
