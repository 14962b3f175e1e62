import { OrderWorkflowEvents } from "@medusajs/framework/utils"
import { PortalSubscriptionEvents } from "../../types/events"
import type { Unannounced } from "../../modules/subscription/queries/announcements"
import type { Batch } from "./batch"
import { emitEvents } from "./emit-events"
import { linkOrders } from "./link-orders"
import { logFailure } from "./log-failure"
import { nextCycleOf } from "./next-cycle"
import { placeOrders } from "./place-orders"
import type { PaidRenewal } from "./place-orders"
import { recordPayments } from "./record-payments"
import { reserveStock } from "./reserve-stock"

/**
 * Gives paid cycles all that follows from the money: Medusa's payment records, the
 * order, its links and reservations, the next cycle, timeline and events. Every
 * part can be repeated, so a cycle that a crash left paid is simply finished again.
 *
 * Where one of a batch fails, the others must not wait for it: the batch is then
 * done one by one, and the one that fails stays paid for the next run.
 *
 * @returns how many cycles are completed
 */
export async function finishRenewals(
  batch: Batch,
  renewals: PaidRenewal[]
): Promise<number> {
  if (!renewals.length) {
    return 0
  }
  try {
    return await finish(batch, renewals)
  } catch (error) {
    const [first, ...others] = renewals
    if (first && !others.length) {
      const what = "is paid and its order could not be placed yet"
      logFailure(batch, first.cycle.id, what, error)
      return 0
    }
    let completed = 0
    for (const renewal of renewals) {
      completed += await finishRenewals(batch, [renewal])
    }
    return completed
  }
}

async function finish(batch: Batch, renewals: PaidRenewal[]): Promise<number> {
  const captures = await recordPayments(batch, renewals)
  await placeOrders(batch, renewals, captures)
  await linkOrders(batch, renewals)
  await reserveStock(batch, renewals)
  // Before the cycle is completed: nobody comes back to a completed one.
  await batch.subscriptions.writeTimeline(
    // A change was told of when it was paid.
    renewals.filter(isPeriod).map(({ cycle, subscription, order_id }) => ({
      subscription_id: subscription.id,
      cycle_id: cycle.id,
      type: "renewed",
      actor_type: "system" as const,
      data: {
        order_id,
        amount: Number(cycle.amount),
        currency_code: cycle.currency_code,
        attempt: cycle.attempt,
      },
      dedupe_key: `${cycle.id}:renewed`,
      occurred_at: batch.now,
    }))
  )
  const completed = new Set(
    await batch.subscriptions.completeCycles({
      now: batch.now,
      cycles: renewals.map((renewal) => ({
        id: renewal.cycle.id,
        subscription_id: renewal.subscription.id,
        next: isPeriod(renewal) ? nextCycleOf(renewal) : null,
      })),
    })
  )
  const done = renewals.filter(({ cycle }) => completed.has(cycle.id))
  await announce(
    batch,
    done.map(({ cycle, subscription, order_id }) => ({
      id: cycle.id,
      kind: cycle.kind,
      subscription_id: subscription.id,
      order_id,
    }))
  )
  return done.length
}

function isPeriod({ cycle }: PaidRenewal): boolean {
  return cycle.kind === "renewal"
}

/** Sends the events of completed cycles, and notes that they went. */
export async function announce(
  batch: Batch,
  cycles: Unannounced[]
): Promise<void> {
  if (!cycles.length) {
    return
  }
  await emitEvents(
    batch.container,
    cycles.flatMap(({ id, kind, subscription_id, order_id }) => [
      {
        name: OrderWorkflowEvents.PLACED,
        data: { id: order_id, portal_subscription_id: subscription_id },
      },
      ...(kind === "renewal"
        ? [
            {
              name: PortalSubscriptionEvents.RENEWED,
              data: { id: subscription_id, cycle_id: id, order_id },
            },
          ]
        : []),
    ])
  )
  await batch.subscriptions.markCyclesAnnounced(cycles.map(({ id }) => id))
}
