import { execute, type ModuleContext } from "../../../database/execute"
import { PortalSubscriptionEvents } from "../../../types/events"
import type { SubscriptionChange } from "../domain/actions/subscription-change"
import type { CycleRow } from "../domain/billing"
import { lateCredit } from "../domain/change/late-credit"
import { applyChange } from "./apply-change"
import { freeHeld } from "./change-cycles"
import { loadBillingSubscriptions } from "./load-billing"
import type { RecordedOutcome } from "./record-outcome"

/**
 * Draws the consequences of what became of a change's charge, in the transaction
 * that records it: paid, the change is made; refused, the next period goes on.
 *
 * Where the change had been dropped and the customer's bank was faster, nothing
 * changes any more, and what was paid is kept as credit.
 *
 * @returns the outcome, with the timeline's entry of the change
 */
export async function settleChange(
  context: ModuleContext,
  input: { cycle_id: string; now: Date; recorded: RecordedOutcome }
): Promise<RecordedOutcome> {
  const { cycle_id, now, recorded } = input
  if (recorded.status === "canceled") {
    await freeHeld(context, cycle_id)
  }
  if (recorded.status !== "paid") {
    return recorded
  }
  const [cycle] = await execute<CycleRow>(
    context,
    "select * from portal_subscription_cycle where id = ?",
    [cycle_id]
  )
  // Cycles before subscriptions: so lock all who write both.
  const held = await execute<{ id: string }>(
    context,
    `select id from portal_subscription_cycle where held_by = ?
        for no key update`,
    [cycle_id]
  )
  if (!cycle?.change) {
    return recorded
  }
  await execute(
    context,
    "select id from portal_subscription where id = ? for no key update",
    [cycle.subscription_id]
  )
  const [subscription] = await loadBillingSubscriptions(context, [
    cycle.subscription_id,
  ])
  if (!subscription) {
    return recorded
  }
  const { write, actor } = cycle.change
  const { entry_id } = await applyChange(context, {
    subscription,
    change: held.length ? told(write, cycle) : kept(cycle),
    actor,
    now,
  })
  await freeHeld(context, cycle_id)
  return { ...recorded, entry_id }
}

function told(write: SubscriptionChange, cycle: CycleRow): SubscriptionChange {
  const { entry } = write
  return {
    ...write,
    entry: {
      ...entry,
      cycle_id: cycle.id,
      data: { ...entry.data, order_id: cycle.order_id },
    },
  }
}

function kept(cycle: CycleRow): SubscriptionChange {
  const credited = cycle.quote ? lateCredit(cycle.quote) : 0
  return {
    credit_added: credited,
    entry: {
      type: "change_credited",
      cycle_id: cycle.id,
      data: { order_id: cycle.order_id, amount: credited },
      event: PortalSubscriptionEvents.CHANGE_DROPPED,
    },
  }
}
