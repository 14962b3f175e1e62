import type { MedusaContainer } from "@medusajs/framework/types"
import { comingPrepayments } from "../../modules/subscription/domain/prepaid"
import { comingPeriods } from "../../modules/subscription/domain/coming-periods"
import type { ScheduledSubscription } from "../../modules/subscription/domain/billing-schedule"
import {
  isNewRhythm,
  rhythmPatch,
} from "../../modules/subscription/domain/change/terms"
import type { DetailRow } from "../../modules/subscription/queries/get-subscription"
import { customerView } from "../../modules/subscription/queries/subscription-row"
import type { ScheduledCharge } from "../../types/next-charge-http"
import { findSubscription, type SubscriptionKey } from "./reader"
import { amountOfPeriods, nextAmount } from "./retrieve-next-charge"

/** From the next period on the rhythm is that of the change that waits for it. */
function rhythmOf(row: DetailRow): ScheduledSubscription {
  const {
    pending_change: pending,
    cycle_period_start,
    cycle_period_index,
  } = row
  return pending &&
    cycle_period_start &&
    cycle_period_index !== null &&
    isNewRhythm(row, pending)
    ? {
        ...row,
        ...rhythmPatch(row, pending, {
          at: cycle_period_start,
          index: cycle_period_index,
        }),
      }
    : row
}

/**
 * The coming charges. The first has the amount of the next charge; later ones
 * have the same, as if prices, taxes and the subscription stayed what they are.
 * Empty where nothing is charged by itself.
 *
 * @throws `not_found`
 */
export async function retrieveSchedule(
  container: MedusaContainer,
  key: SubscriptionKey,
  count: number
): Promise<ScheduledCharge<Date>[]> {
  const { row } = await findSubscription(container, key)
  const { next_charge: next } = customerView(row)
  const { cycle_period_index: period_index, cycle_sequence: sequence } = row
  if (!next || period_index === null || sequence === null) {
    return []
  }
  const exact = next.is_estimate
    ? await nextAmount(container, row.id)
    : next.amount
  const amount = exact ?? next.amount
  const { max_cycles, paid_cycles } = row
  const periods = comingPrepayments(row, count)
  // By the periods that a charge pays: of each kind the first is the example.
  const amounts = new Map([[periods[0], amount]])
  for (const one of new Set(periods)) {
    if (!amounts.has(one)) {
      const other = await amountOfPeriods(container, row, one)
      amounts.set(one, other ?? amount)
    }
  }

  return comingPeriods(rhythmOf(row), {
    period_index,
    sequence,
    count,
    max_cycles,
    paid_cycles,
  }).map((period, index) => ({
    sequence: period.sequence,
    date: index === 0 ? next.date : period.start,
    period_start: period.start,
    period_end: period.end,
    amount: amounts.get(periods[index]) ?? amount,
    currency_code: row.currency_code,
    is_estimate: index > 0 || exact === null,
  }))
}
