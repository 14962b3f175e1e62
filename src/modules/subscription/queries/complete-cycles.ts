import { subscriptionMachine } from "../domain/subscription-machine"
import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** A paid cycle whose order stands, and the cycle that follows it. */
export type CompletedCycle = {
  id: string
  subscription_id: string
  /** Null: it was no period but a change within one. */
  next: NextCycle | null
}

/** The cycle after a completed or skipped one. */
export type NextCycle = {
  id: string
  subscription_id: string
  sequence: number
  period_index: number
  period_start: Date
  period_end: Date
  currency_code: string
}

/**
 * Completes paid cycles, schedules their successors and wakes their
 * subscriptions, in one statement: there is no moment at which a subscription has
 * been paid for and has no next cycle. Doing it twice changes nothing.
 *
 * @returns the cycles that this call completed
 */
export async function completeCycles(
  context: ModuleContext,
  input: { now: Date; cycles: CompletedCycle[] }
): Promise<string[]> {
  const statuses = subscriptionMachine.sources("renew").map((from) => ({
    from_status: from,
    to_status: subscriptionMachine.next(from, "renew"),
  }))
  const rows = await execute<{ id: string }>(
    context,
    `with completed as (
       update portal_subscription_cycle c
       set status = 'completed', completed_at = ?, claimed_by = null,
           claimed_until = null, failure_code = null, failure_message = null,
           next_attempt_at = null, updated_at = now()
       where c.id = any(?) and c.status = 'paid'
       returning c.id, c.subscription_id, c.kind,
                 (c.quote->>'offer_percent') is not null as has_offer,
                 (c.quote->>'prepaid_periods')::int as prepaid
     ), woken as (
       update portal_subscription s
       set status = v.to_status, updated_at = now(),
           discount_cycles_left = case when completed.has_offer
             then greatest(s.discount_cycles_left - 1, 0)
             else s.discount_cycles_left end,
           prepaid_left = case when completed.prepaid = 0
             then greatest(s.prepaid_left - 1, 0)
             else coalesce(completed.prepaid - 1, s.prepaid_left) end
       from completed, jsonb_to_recordset(?::jsonb) as v(from_status text, to_status text)
       where s.id = completed.subscription_id and s.status = v.from_status
         and completed.kind = 'renewal'
     ), ${insertNext("completed")}
     select id from completed`,
    [
      input.now,
      input.cycles.map((cycle) => cycle.id),
      JSON.stringify(statuses),
      JSON.stringify(input.cycles.flatMap((cycle) => cycle.next ?? [])),
    ]
  )
  return rows.map((row) => row.id)
}

/** Schedules successors of cycles that were left out. */
export async function scheduleCycles(
  context: ModuleContext,
  cycles: NextCycle[]
): Promise<void> {
  await execute(
    context,
    `with predecessors as (
       select id as subscription_id from portal_subscription
       where id = any(?)
     ), ${insertNext("predecessors")}
     select 1`,
    [cycles.map((cycle) => cycle.subscription_id), JSON.stringify(cycles)]
  )
}

/** The unique indexes decide: a successor that exists is left alone. */
function insertNext(source: string): string {
  return `inserted as (
       insert into portal_subscription_cycle (
         id, subscription_id, sequence, period_index, status, period_start,
         period_end, due_at, next_attempt_at, currency_code
       )
       select v.id, v.subscription_id, v.sequence, v.period_index, 'scheduled',
              v.period_start, v.period_end, v.period_start, v.period_start,
              v.currency_code
       from jsonb_to_recordset(?::jsonb) as v(
         id text, subscription_id text, sequence integer, period_index integer,
         period_start timestamptz, period_end timestamptz, currency_code text
       )
       where v.subscription_id in (select subscription_id from ${source})
       on conflict do nothing
     )`
}
