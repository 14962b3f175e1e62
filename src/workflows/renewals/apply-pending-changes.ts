import { applyPending } from "../../modules/subscription/domain/change/apply-pending"
import { withPendingChange } from "../../modules/subscription/domain/change/terms"
import type { CycleRow } from "../../modules/subscription/domain/billing"
import { decideCycle } from "../../modules/subscription/domain/decide-cycle"
import { sendEntries } from "../subscription-actions/send-events"
import type { Batch, Renewal } from "./batch"

/** Claimed cycles with what billing needs of their subscriptions. */
export async function withSubscriptions(
  { subscriptions }: Batch,
  cycles: CycleRow[]
): Promise<Renewal[]> {
  const loaded = await subscriptions.loadBillingSubscriptions([
    ...new Set(cycles.map((cycle) => cycle.subscription_id)),
  ])
  const byId = new Map(loaded.map((one) => [one.id, one]))
  return cycles.flatMap((cycle) => {
    const subscription = byId.get(cycle.subscription_id)
    return subscription ? [{ cycle, subscription }] : []
  })
}

/**
 * Makes changes true that waited for the end of the period, where the next one is
 * charged now: each in its own transaction, before the price is computed. After a
 * crash the change has been made, or waits still.
 */
export async function applyPendingChanges(
  batch: Batch,
  renewals: Renewal[]
): Promise<Renewal[]> {
  const { subscriptions, now, options, worker } = batch
  const waiting = renewals.filter(
    ({ cycle, subscription }) =>
      subscription.pending_change &&
      !cycle.quote &&
      decideCycle(withPendingChange(subscription, cycle), cycle, {
        now,
        safetyHours: options.safetyHours,
      }).action === "charge"
  )
  if (!waiting.length) {
    return renewals
  }
  for (const { subscription } of waiting) {
    const { entry } = await subscriptions.changeSubscription(
      {
        scope: { every_customer: true },
        id: subscription.id,
        actor: { type: "system", id: null },
        now,
        safetyHours: options.safetyHours,
      },
      (context) => applyPending(context, worker)
    )
    if (entry) {
      await sendEntries(batch.container, [entry])
    }
  }
  return await withSubscriptions(
    batch,
    renewals.map(({ cycle }) => cycle)
  )
}
