/** Finding the charges that customers are reminded of. */
import { execute, type ModuleContext } from "../../../database/execute"
import { remindAt, type ComingCharge } from "../domain/reminder-date"

/**
 * The scan for charges whose reminder has no date yet: new ones and moved ones, each
 * once. The condition is that of the partial index, word for word.
 */
const SELECT_UNPLANNED = `select c.id, c.next_attempt_at, c.reminded_at, s.status,
       s.started_at, s.interval, s.interval_count, p.reminder_days
  from portal_subscription_cycle c
  join portal_subscription s on s.id = c.subscription_id
  join portal_subscription_plan p on p.id = s.plan_id
 where c.status = 'scheduled' and not c.reminder_planned
   and c.next_attempt_at is not null and c.id > ?
 order by c.id
 limit ?`

/** The scan for reminders that are due; as above. */
const SELECT_DUE_REMINDERS = `select id from portal_subscription_cycle
  where status = 'scheduled' and remind_at is not null and remind_at <= ?
  order by remind_at, id
  limit ?
  for update skip locked`

/**
 * Gives a page of charges the date of their reminder. One that is moved meanwhile
 * keeps none, and is planned by the next run.
 *
 * @param after - the last id of the page before
 * @returns the last id of this page; null where it was the last page
 */
export async function planReminders(
  context: ModuleContext,
  input: { after: string; limit: number }
): Promise<string | null> {
  const charges = await execute<ComingCharge & { id: string }>(
    context,
    SELECT_UNPLANNED,
    [input.after, input.limit]
  )
  if (charges.length) {
    await execute(
      context,
      `update portal_subscription_cycle c
          set reminder_planned = true, remind_at = v.remind_at
         from jsonb_to_recordset(?::jsonb) as v(
           id text, next_attempt_at timestamptz, remind_at timestamptz
         )
        where c.id = v.id and c.status = 'scheduled'
          and not c.reminder_planned and c.next_attempt_at = v.next_attempt_at`,
      [
        JSON.stringify(
          charges.map((charge) => ({
            id: charge.id,
            next_attempt_at: charge.next_attempt_at,
            remind_at: remindAt(charge),
          }))
        ),
      ]
    )
  }
  return charges.length < input.limit ? null : (charges.at(-1)?.id ?? null)
}

/** A reminder that was taken, and the entry that says so. */
export type ClaimedReminders = {
  /** Charges that were looked at. */
  taken: number
  /** Subscriptions whose customers are to be told, by an entry of their timeline. */
  subscription_ids: string[]
}

/**
 * Takes reminders that are due and writes each into its timeline, in one statement:
 * of any number of runs one gets it, and a crash afterwards loses no mail. A charge
 * that will not come (canceled, paused, over) is passed over; should it come after
 * all, its date is planned again.
 */
export async function claimReminders(
  context: ModuleContext,
  input: { now: Date; limit: number }
): Promise<ClaimedReminders> {
  const rows = await execute<{ subscription_id: string | null }>(
    context,
    `with due as (
       ${SELECT_DUE_REMINDERS}
     ), taken as (
       update portal_subscription_cycle c
          set remind_at = null, updated_at = now(),
              reminded_at = case when ${IS_COMING} then ?::timestamptz
                else c.reminded_at end
         from due, portal_subscription s
        where c.id = due.id and s.id = c.subscription_id
       returning c.id, c.subscription_id, c.next_attempt_at, c.reminded_at, s.status
     ), told as (
       insert into portal_subscription_event (
         id, subscription_id, cycle_id, type, actor_type, data, dedupe_key,
         occurred_at, notice_pending
       )
       select 'sevt_' || replace(gen_random_uuid()::text, '-', ''),
              subscription_id, id,
              case when status = 'trialing' then 'trial_ending' else 'renewal_upcoming' end,
              'system', jsonb_build_object('next_attempt_at', next_attempt_at),
              id || ':reminder', ?::timestamptz, true
         from taken where reminded_at is not null
       on conflict do nothing
       returning cycle_id, subscription_id
     )
     select told.subscription_id from taken left join told on told.cycle_id = taken.id`,
    [input.now, input.limit, input.now, input.now, input.now]
  )
  return {
    taken: rows.length,
    subscription_ids: rows.flatMap(({ subscription_id: id }) => id ?? []),
  }
}

/** Whether the charge of cycle `c` of subscription `s` still lies ahead. */
const IS_COMING = `(c.next_attempt_at > ?::timestamptz
  and s.status in ('active', 'trialing') and s.parked_at is null
  and s.deleted_at is null and s.prepaid_left = 0
  and not (s.cancel_at_period_end
           and coalesce(s.cancel_at, c.next_attempt_at) <= c.next_attempt_at))`

/** Lets the reminders of a plan's coming charges be planned again. */
export async function replanReminders(
  context: ModuleContext,
  planId: string
): Promise<void> {
  await execute(
    context,
    `update portal_subscription_cycle c
        set reminder_planned = false, remind_at = null
       from portal_subscription s
      where s.plan_id = ? and s.id = c.subscription_id
        and c.status = 'scheduled' and c.reminder_planned
        and c.reminded_at is null`,
    [planId]
  )
}
