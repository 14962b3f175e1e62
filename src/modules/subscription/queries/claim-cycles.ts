import { cycleMachine } from "../domain/cycle-machine"
import type { CycleRow } from "../domain/billing"
import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** Who takes cycles, and for how long nobody else may. */
export type Claim = {
  /** Unique to one worker's run: what the worker writes carries it. */
  worker: string
  /** Real seconds until another worker may take over. */
  leaseSeconds: number
}

/**
 * The scan for what is due. The statuses stand in it as text, so that PostgreSQL
 * can use the partial index over open cycles; finished ones, the many, cost nothing.
 */
export const SELECT_DUE = `select id from portal_subscription_cycle
       where status in ('scheduled', 'retry_scheduled')
         and held_by is null
         and next_attempt_at <= ?
         and id <> all(?::text[])
       order by next_attempt_at, id
       limit ?
       for update skip locked`

/** Gives a row to a worker for the time of its lease, which is real time. */
const TO_WORKER = `claimed_by = ?,
         claimed_until = now() + make_interval(secs => ?), updated_at = now()`

/** The scan for what dead workers left; as above. */
export const SELECT_ABANDONED = `select id from portal_subscription_cycle
       where status in ('claimed', 'priced', 'charging', 'unknown', 'action_required', 'paid')
         and claimed_until < now()
         and id <> all(?::text[])
       order by claimed_until
       limit ?
       for update skip locked`

/**
 * Takes due cycles for one worker, in one statement: rows that another worker is
 * taking at this moment are passed over, so any number of workers never get the
 * same cycle.
 *
 * The lease is real time (the database's), because it is about a living process;
 * what is due is the plugin's time.
 *
 * @param exclude - cycles that this run had before and could not finish
 */
export async function claimDueCycles(
  context: ModuleContext,
  input: Claim & { now: Date; limit: number; exclude: string[] }
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    `update portal_subscription_cycle
     set status = 'claimed', ${TO_WORKER}
     where id in (
       ${SELECT_DUE}
     )
     returning *`,
    [input.worker, input.leaseSeconds, input.now, input.exclude, input.limit]
  )
}

/**
 * Takes one cycle, due or not. Nothing where it can no longer be charged: another
 * worker has it, or had it.
 */
export async function claimCycle(
  context: ModuleContext,
  input: Claim & { cycle_id: string }
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    `update portal_subscription_cycle
     set status = 'claimed', ${TO_WORKER}
     where id = ? and status = any(?::text[])
       and held_by is null and kind = 'renewal'
     returning *`,
    [
      input.worker,
      input.leaseSeconds,
      input.cycle_id,
      cycleMachine.sources("claim"),
    ]
  )
}

/**
 * Takes over cycles whose worker is gone: those in the middle of a charge, and
 * those that wait for the customer, which the provider is asked about from time
 * to time. Their status stays what it is.
 *
 * @param exclude - cycles that this run had before
 */
export async function claimAbandonedCycles(
  context: ModuleContext,
  input: Claim & { limit: number; exclude: string[] }
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    `update portal_subscription_cycle
     set ${TO_WORKER}
     where id in (
       ${SELECT_ABANDONED}
     )
     returning *`,
    [input.worker, input.leaseSeconds, input.exclude, input.limit]
  )
}

/**
 * Takes the cycle of one payment session, to settle it now because the provider
 * sent word. Nothing where a living worker has it: that worker will see the
 * outcome itself.
 */
export async function claimCycleOfSession(
  context: ModuleContext,
  input: Claim & { payment_session_id: string }
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    `update portal_subscription_cycle
     set ${TO_WORKER}
     where payment_session_id = ? and sequence > 0
       and status in ('charging', 'unknown', 'action_required', 'retry_scheduled', 'uncollectible', 'canceled', 'paid')
       and (claimed_until is null or claimed_until < now()
            or status in ('action_required', 'retry_scheduled', 'uncollectible', 'canceled'))
     returning *`,
    [input.worker, input.leaseSeconds, input.payment_session_id]
  )
}

/**
 * Gives back cycles of a worker that were not charged: a later run starts them
 * again, at the date that they had. A change is given up, because nobody waits for
 * its answer any more, and the period that it held is free.
 *
 * @returns the ids given back
 */
export async function releaseCycles(
  context: ModuleContext,
  input: { worker: string; now: Date; ids: string[] }
): Promise<string[]> {
  const rows = await execute<{ id: string }>(
    context,
    `with released as (
       update portal_subscription_cycle
          set status = case when kind = 'change' then 'canceled'
                else 'retry_scheduled' end,
              claimed_by = null, claimed_until = null,
              next_attempt_at = case when kind = 'change' then null
                else coalesce(next_attempt_at, ?::timestamptz) end,
              updated_at = now()
        where id = any(?::text[]) and claimed_by = ?
          and status in ('claimed', 'priced')
       returning id
     ), freed as (
       update portal_subscription_cycle c
          set held_by = null, updated_at = now()
         from released
        where c.held_by = released.id
     )
     select id from released`,
    [input.now, input.ids, input.worker]
  )
  return rows.map(({ id }) => id)
}
