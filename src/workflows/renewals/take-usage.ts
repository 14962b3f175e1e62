import type { Batch, Renewal } from "./batch"

/**
 * Gives the use of a period that is priced now to it, for ever: the two are charged
 * together. A batch without meters pays nothing for this.
 */
export async function takeUsage<R extends Renewal>(
  { subscriptions, worker }: Batch,
  renewals: R[]
): Promise<R[]> {
  const metered = renewals.filter(
    ({ cycle, subscription }) => !cycle.quote && subscription.plan.meters
  )
  if (!metered.length) {
    return renewals
  }
  const usage = await subscriptions.takeUsage({
    worker,
    cycle_ids: metered.map(({ cycle }) => cycle.id),
  })
  return renewals.map((one) =>
    metered.includes(one)
      ? {
          ...one,
          subscription: {
            ...one.subscription,
            usage: usage.get(one.cycle.id) ?? [],
          },
        }
      : one
  )
}
