import { generateEntityId } from "@medusajs/framework/utils"
import { cyclePeriod } from "../../modules/subscription/domain/billing-schedule"
import type { NextCycle } from "../../modules/subscription/queries/complete-cycles"
import type { Renewal } from "./batch"

/**
 * The cycle after this one: the next period of the calendar, counted from the
 * anchor, whenever this one was charged.
 */
export function nextCycleOf({ cycle, subscription }: Renewal): NextCycle {
  const period_index = cycle.period_index + 1
  const { start, end } = cyclePeriod(subscription, period_index)
  return {
    id: generateEntityId(undefined, "scyc"),
    subscription_id: subscription.id,
    sequence: cycle.sequence + 1,
    period_index,
    period_start: start,
    period_end: end,
    currency_code: subscription.currency_code,
  }
}
