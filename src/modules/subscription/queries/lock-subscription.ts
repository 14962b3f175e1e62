import { execute, type ModuleContext } from "../../../database/execute"
import { portalError } from "../../../errors/portal-error"
import type { BillingSubscription, CycleRow } from "../domain/billing"
import { findOpenCycle } from "./find-open-cycle"
import { comingSkip } from "./open-cycle"
import { loadBillingSubscriptions } from "./load-billing"
import { within, type ReadScope } from "./read-scope"

/** Each try waits for somebody who has just settled a period. */
const MAX_TRIES = 20

/** A subscription that nobody else changes until the transaction ends. */
export type LockedSubscription = {
  subscription: BillingSubscription
  cycle: CycleRow | null
  skipped: CycleRow[]
  /** A change whose charge is open. */
  change: CycleRow | null
}

type Key = { scope: ReadScope; id: string }

/**
 * Locks a subscription and its open cycle. Who charges writes the cycle first and
 * the subscription after it, so both are locked in that order: nobody waits in a
 * circle. A worker that takes due cycles passes a locked one over; a cycle that a
 * worker took before is seen as taken. Call it within a transaction.
 *
 * @returns null where there is no such subscription within the scope
 * @throws `charge_in_progress` where the period is being settled at this moment
 */
export async function lockSubscription(
  context: ModuleContext,
  input: Key & { now: Date }
): Promise<LockedSubscription | null> {
  if (!(await isOwned(context, input))) {
    return null
  }
  const locked = await lockOpenCycle(context, input.id)
  // "no key": a new cycle's foreign key does not have to wait for this.
  if (!(await isOwned(context, input, "for no key update"))) {
    return null
  }
  const cycle = await findOpenCycle(context, input.id)
  if ((cycle?.id ?? null) !== locked) {
    throw portalError("charge_in_progress")
  }
  const change = cycle?.held_by
    ? await findChange(context, cycle.held_by)
    : null
  const [subscription] = await loadBillingSubscriptions(context, [input.id])
  const skipped = cycle ? await comingSkips(context, cycle, input.now) : []
  return subscription ? { subscription, cycle, skipped, change } : null
}

async function isOwned(
  context: ModuleContext,
  { scope, id }: Key,
  lock: "" | "for no key update" = ""
): Promise<boolean> {
  const where = within(scope)
  const rows = await execute<{ id: string }>(
    context,
    `select s.id from portal_subscription s
      where ${where.sql} and s.id = ?
      ${lock}`,
    [...where.values, id]
  )
  return rows.length > 0
}

/**
 * While this waits for a lock, the period may be completed and the next one be
 * open: that one is locked then. Nothing else is locked yet, so it may wait again.
 */
async function lockOpenCycle(
  context: ModuleContext,
  id: string
): Promise<string | null> {
  for (let tried = 0; tried < MAX_TRIES; tried += 1) {
    const rows = await execute<{ id: string; kind: string }>(
      context,
      // The change first: so does who records what became of its charge.
      `select id, kind from portal_subscription_cycle
        where subscription_id = ?
          and status not in ('completed', 'skipped', 'canceled')
        order by kind, sequence
        for no key update`,
      [id]
    )
    const locked = rows.find(({ kind }) => kind === "renewal")
    if (locked) {
      return locked.id
    }
    if (!(await findOpenCycle(context, id))) {
      return null
    }
  }
  throw portalError("charge_in_progress")
}

async function findChange(
  context: ModuleContext,
  id: string
): Promise<CycleRow | null> {
  const [row] = await execute<CycleRow>(
    context,
    `select * from portal_subscription_cycle where id = ?`,
    [id]
  )
  return row ?? null
}

/** The periods right before the open one that somebody left out, in order. */
async function comingSkips(
  context: ModuleContext,
  cycle: CycleRow,
  now: Date
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    `select skipped.*
       from portal_subscription_cycle c
       join portal_subscription_cycle skipped
         on skipped.subscription_id = c.subscription_id
      where c.id = ? and ${comingSkip("c.sequence")}
      order by skipped.sequence`,
    [cycle.id, now]
  )
}
