import type { MedusaContainer } from "@medusajs/framework/types"
import { decideCycle } from "../../modules/subscription/domain/decide-cycle"
import { isBlocked } from "../../modules/subscription/domain/dunning"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import type { CycleQuote } from "../../types/quote"
import { withPendingChange } from "../../modules/subscription/domain/change/terms"
import { openBatch } from "./batch"
import { quoteCycles } from "./quote/quote-cycles"
import type { QuoteProblem } from "./quote/price-items"

/** The next charge of a subscription. */
export type NextCharge = {
  cycle_id: string
  sequence: number
  /** When it is charged; for a declined charge, when it is tried again. */
  date: Date
  period_start: Date
  period_end: Date
  quote: CycleQuote
}

/** A period that cannot be priced now, and why. */
export type NoNextCharge = {
  cycle_id: string
  date: Date
  problem: QuoteProblem
}

/** Terms that a later charge will be priced by, see `retrieveSchedule`. */
type PrepaidTerms = Partial<
  Pick<
    BillingSubscription,
    "prepaid_left" | "prepaid_cycles" | "max_cycles" | "one_offs"
  >
>

/**
 * What the next renewal will charge, computed by the function that charges. A
 * cycle that was priced already shows what was priced.
 *
 * @returns null where nothing will be charged any more, or nothing by itself
 */
export async function previewNextCharge(
  container: MedusaContainer,
  subscriptionId: string,
  instead: PrepaidTerms = {}
): Promise<NextCharge | NoNextCharge | null> {
  const batch = await openBatch(container)
  const [found] = await batch.subscriptions.loadBillingSubscriptions([
    subscriptionId,
  ])
  const subscription = found && { ...found, ...instead }
  const cycle = subscription
    ? await batch.subscriptions.getOpenCycle(subscription.id)
    : null
  if (!subscription || !cycle || isBlocked(cycle, subscription)) {
    return null
  }
  const date = cycle.next_attempt_at ?? cycle.due_at
  const decision = decideCycle(withPendingChange(subscription, cycle), cycle, {
    now: date > batch.now ? date : batch.now,
    safetyHours: 0,
  })
  if (decision.action !== "charge") {
    return null
  }
  const known = {
    cycle_id: cycle.id,
    sequence: cycle.sequence,
    date,
    period_start: decision.period_start,
    period_end: decision.period_end,
  }
  if (cycle.quote && !Object.keys(instead).length) {
    return { ...known, quote: cycle.quote }
  }
  const result = (
    await quoteCycles(container, [{ key: cycle.id, subscription }])
  ).get(cycle.id)
  if (!result) {
    return null
  }
  return "quote" in result
    ? { ...known, quote: result.quote }
    : { cycle_id: cycle.id, date, problem: result.problem }
}
