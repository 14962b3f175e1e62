import { execute, type ModuleContext } from "../../../database/execute"
import { MONTHLY_AMOUNT } from "./monthly-amount"

/** A day of the shop's, `YYYY-MM-DD`, and its end. */
export type SnapshotDay = {
  day: string
  /** When the day began and ended. */
  start: Date
  end: Date
  /** The day goes on: what is so now is what is so then. */
  is_present: boolean
}

/** The last row of each subscription up to a day. */
export const STATES = `select distinct on (m.subscription_id) m.*,
       m.first_counted_on is not null
         and m.status not in ('canceled', 'expired') as is_held
  from portal_subscription_movement m
 where m.day <= ?::date
 order by m.subscription_id, m.day desc`

/**
 * The statuses that a subscription had at the end of a past day, from its timeline;
 * one to which nothing has happened since is as it was.
 */
const STATUS_THEN = `case
    when ?::boolean then s.status
    when s.ended_at < ? then s.status
    when h.after_at is null and s.ended_at is null then s.status
    when h.paused_at > coalesce(h.resumed_at, '-infinity') then 'paused'
    when h.failed_at > coalesce(h.settled_at, '-infinity') then 'past_due'
    when s.trial_ends_at > ? then 'trialing'
    when h.began_incomplete and h.settled_at is null then 'incomplete'
    else 'active'
  end`

/** What the timeline says up to the end of the day, and whether it goes on. */
const HISTORY = `left join lateral (
    select max(e.occurred_at) filter (where e.occurred_at >= ?) as after_at,
           max(e.occurred_at) filter (where e.occurred_at < ?
             and e.type in ('paused', 'paused_for_stock')) as paused_at,
           max(e.occurred_at) filter (where e.occurred_at < ?
             and e.type = 'resumed') as resumed_at,
           max(e.occurred_at) filter (where e.occurred_at < ?
             and e.type in ('payment_failed', 'action_required')) as failed_at,
           max(e.occurred_at) filter (where e.occurred_at < ?
             and e.type in ('renewed', 'paid_elsewhere')) as settled_at,
           bool_or(e.type = 'created' and e.data ->> 'status' = 'incomplete')
             as began_incomplete
      from portal_subscription_event e
     where e.subscription_id = s.id
  ) h on not ?::boolean`

/** A failed charge counts as revenue while somebody has paid before. */
const HAS_PAID = `exists (select 1 from portal_subscription_cycle c
   where c.subscription_id = s.id and c.paid_at is not null and c.paid_at < ?
     and (c.sequence > 0 or s.trial_ends_at is null))`

const MOVEMENTS_SQL = `with last as (
       select distinct on (m.subscription_id) m.*
         from portal_subscription_movement m
        where m.day < ?::date
        order by m.subscription_id, m.day desc
     ), candidates as (
       select s.id
         from portal_subscription s
         left join last on last.subscription_id = s.id
        where s.deleted_at is null and s.started_at < ?
          -- One that came from elsewhere began before it came.
          and (last.status is not null or not exists (
            select 1 from portal_subscription_event e
             where e.subscription_id = s.id and e.type = 'created'
               and e.occurred_at >= ?))
          and (last.status is null
               or last.status not in ('canceled', 'expired'))
          and (last.status is null
               or (?::boolean and s.status <> last.status)
               or exists (select 1 from portal_subscription_event e
                     where e.subscription_id = s.id and e.occurred_at >= ?)
               or exists (select 1 from portal_subscription_movement m
                     where m.subscription_id = s.id and m.day = ?::date))
     ), states as (
       select s.id, s.customer_id, s.currency_code, s.plan_id,
              s.trial_ends_at is not null as has_trial,
              ${STATUS_THEN} as status,
              ${HAS_PAID} as has_paid,
              -- What the items cost then is not known where they may have changed.
              coalesce(
                case when h.after_at is not null then nullif(
                  coalesce(today.mrr, last.mrr), 0) end,
                ${MONTHLY_AMOUNT}
              ) as amount,
              last.status as status_before,
              coalesce(last.is_counted, false) as was_counted,
              coalesce(last.mrr, 0) as mrr_before,
              last.first_counted_on as counted_since
         from candidates
         join portal_subscription s on s.id = candidates.id
         left join portal_subscription_plan p on p.id = s.plan_id
         left join last on last.subscription_id = s.id
         left join portal_subscription_movement today
           on today.subscription_id = s.id and today.day = ?::date
         ${HISTORY}
     ), valued as (
       select *, amount > 0 and (status = 'active'
                or (status = 'past_due' and has_paid)) as is_counted
         from states
     ), changed as (
       select *, case when is_counted then amount else 0 end as mrr
         from valued
        where status_before is distinct from status
           or was_counted <> is_counted
           or (is_counted and mrr_before <> amount)
     ), same_again as (
       delete from portal_subscription_movement m
        using valued v
        where m.subscription_id = v.id and m.day = ?::date
          and not exists (select 1 from changed where changed.id = v.id)
     )
     insert into portal_subscription_movement (
       subscription_id, day, customer_id, currency_code, plan_id, status,
       is_counted, mrr, has_trial, first_counted_on, status_before, was_counted,
       mrr_before
     )
     select id, ?::date, customer_id, currency_code, plan_id, status,
            is_counted, mrr, has_trial,
            coalesce(counted_since, case when is_counted then ?::date end),
            status_before, was_counted, mrr_before
       from changed
     on conflict (subscription_id, day) do update set
       customer_id = excluded.customer_id, plan_id = excluded.plan_id,
       status = excluded.status, is_counted = excluded.is_counted,
       mrr = excluded.mrr, has_trial = excluded.has_trial,
       first_counted_on = excluded.first_counted_on,
       status_before = excluded.status_before,
       was_counted = excluded.was_counted, mrr_before = excluded.mrr_before`

/**
 * Writes what changed on a day, a row for each subscription whose status or monthly
 * amount at the day's end is another than before. Doing it again replaces the day's
 * rows. It looks only at subscriptions to which something happened since the day
 * began; those that ended before are done with for ever.
 */
export async function writeMovements(
  context: ModuleContext,
  { day, start, end, is_present }: SnapshotDay
): Promise<void> {
  await execute(context, MOVEMENTS_SQL, [
    day,
    end,
    end,
    is_present,
    start,
    day,
    // STATUS_THEN
    is_present,
    end,
    end,
    // HAS_PAID
    end,
    day,
    // HISTORY
    end,
    end,
    end,
    end,
    end,
    is_present,
    day,
    day,
    day,
  ])
}
