import { execute, type ModuleContext } from "../../../database/execute"
import { AMOUNTS, COUNTS } from "../domain/metric-rows"
import { writeCohorts } from "./snapshot-cohorts"
import { STATES, writeMovements, type SnapshotDay } from "./snapshot-movements"

/** At most so many days a run; the next one goes on. */
const MAX_DAYS = 400

/**
 * The days from the last one that was written, which may not have been over then,
 * to the present one. The very first run begins with the oldest entry of a timeline.
 *
 * @param timezone - days are the shop's
 */
export async function snapshotSpan(
  context: ModuleContext,
  { now, timezone }: { now: Date; timezone: string }
): Promise<SnapshotDay[]> {
  return await execute<SnapshotDay>(
    context,
    `with span as (
       select coalesce(
                (select max(day) from portal_subscription_daily),
                (select (min(occurred_at) at time zone ?)::date
                   from portal_subscription_event),
                (select (min(started_at) at time zone ?)::date
                   from portal_subscription where deleted_at is null)
              ) as first,
              (?::timestamptz at time zone ?)::date as last
     )
     select day::date::text as day,
            day::timestamp at time zone ? as start,
            (day::timestamp + interval '1 day') at time zone ? as "end",
            day::date = last as is_present
       from span, generate_series(first::timestamp, last::timestamp, '1 day') day
      order by day
      limit ?`,
    [timezone, timezone, now, timezone, timezone, timezone, MAX_DAYS]
  )
}

/**
 * Takes back the days after the present one: for a test clock that was set back.
 * A real clock never is, and a wrong one must not cost anybody their history.
 */
export async function forgetLaterDays(
  context: ModuleContext,
  { now, timezone }: { now: Date; timezone: string }
): Promise<void> {
  const today = "(?::timestamptz at time zone ?)::date"
  for (const sql of [
    `delete from portal_subscription_daily where day > ${today}`,
    `delete from portal_subscription_movement where day > ${today}`,
    `delete from portal_subscription_cohort where month > ${today} or cohort > ${today}`,
  ]) {
    const places = sql.split(today).length - 1
    await execute(
      context,
      sql,
      Array.from({ length: places }, () => [now, timezone]).flat()
    )
  }
}

/**
 * Writes the snapshot of one day: movements, figures by currency and by plan, and
 * the cohorts of its month. All or nothing; call it within a transaction.
 *
 * @returns false where somebody else is at it: they go on to the present day
 */
export async function snapshotDay(
  context: ModuleContext,
  day: SnapshotDay,
  now: Date
): Promise<boolean> {
  const [lock] = await execute<{ taken: boolean }>(
    context,
    `select pg_try_advisory_xact_lock(hashtext('portal_subscription_daily')) as taken`
  )
  if (!lock?.taken) {
    return false
  }
  await writeMovements(context, day)
  await writeFigures(context, day, now)
  await writeCohorts(context, day)
  return true
}

const HAS_ENDED = `status in ('canceled', 'expired')
  and coalesce(status_before, '') not in ('canceled', 'expired')`

/** What a day of a currency and plan is found by. */
const KEYS = ["day", "currency_code", "plan_id"]
const FIGURES: readonly string[] = [...COUNTS, ...AMOUNTS]
const COLUMNS = [...KEYS, ...FIGURES]

/** The figures of a day, all in one statement: they agree with each other. */
const FIGURES_SQL = `with states as (${STATES}),
     before as (
       select distinct on (m.subscription_id) m.customer_id, m.currency_code,
              m.first_counted_on is not null
                and m.status not in ('canceled', 'expired') as is_held
         from portal_subscription_movement m
        where m.day < ?::date
        order by m.subscription_id, m.day desc
     ), standing as (
       select currency_code, coalesce(plan_id, '') as plan_id,
              count(*) filter (where is_held) as subscriptions,
              count(*) filter (where status = 'active') as active,
              count(*) filter (where status = 'trialing') as trialing,
              count(*) filter (where status = 'past_due') as past_due,
              count(*) filter (where status = 'paused') as paused,
              count(distinct customer_id) filter (where is_held) as customers,
              sum(mrr) as mrr
         from states
        group by grouping sets ((currency_code), (currency_code, plan_id))
     ), moved as (
       select currency_code, coalesce(plan_id, '') as plan_id,
              count(*) filter (where first_counted_on = day) as new_subscriptions,
              count(*) filter (where ${HAS_ENDED}
                and first_counted_on is not null) as canceled_subscriptions,
              count(*) filter (where has_trial and status = 'trialing'
                and status_before is null) as trials_started,
              count(*) filter (where has_trial
                and first_counted_on = day) as trials_converted,
              count(*) filter (where has_trial and ${HAS_ENDED}
                and first_counted_on is null) as trials_lost,
              sum(mrr) filter (where first_counted_on = day) as new_mrr,
              sum(mrr) filter (where is_counted and not was_counted
                and first_counted_on < day) as reactivation_mrr,
              sum(mrr - mrr_before) filter (where is_counted and was_counted
                and mrr > mrr_before) as expansion_mrr,
              sum(mrr_before - mrr) filter (where was_counted
                and mrr < mrr_before
                and status not in ('canceled', 'expired')) as contraction_mrr,
              sum(mrr_before) filter (where was_counted
                and status in ('canceled', 'expired')) as churned_mrr
         from portal_subscription_movement
        where day = ?::date
        group by grouping sets ((currency_code), (currency_code, plan_id))
     ), people as (
       select currency_code,
              count(*) filter (where is_now and not was) as new_customers,
              count(*) filter (where was and not is_now) as churned_customers
         from (
           select currency_code, customer_id,
                  bool_or(is_now) as is_now, bool_or(was) as was
             from (
               select currency_code, customer_id, is_held as is_now,
                      false as was from states
               union all
               select currency_code, customer_id, false, is_held from before
             ) both_days
            group by currency_code, customer_id
         ) one
        group by currency_code
     ), declines as (
       -- The first decline of a charge, and the success of one that was declined.
       select c.currency_code, s.plan_id, a.status, a.amount
         from portal_charge_attempt a
         join portal_subscription_cycle c on c.id = a.cycle_id
         join portal_subscription s on s.id = c.subscription_id
        where a.status in ('succeeded', 'declined')
          and a.finished_at >= ? and a.finished_at < ?
          and (a.status = 'succeeded') = exists (
            select 1 from portal_charge_attempt earlier
             where earlier.cycle_id = a.cycle_id
               and earlier.status = 'declined'
               and earlier.attempt < a.attempt)
     ), charges as (
       select currency_code, coalesce(plan_id, '') as plan_id,
              count(*) filter (where status = 'declined') as failed_charges,
              sum(amount) filter (where status = 'declined') as failed_amount,
              count(*) filter (where status = 'succeeded') as recovered_charges,
              sum(amount) filter (where status = 'succeeded') as recovered_amount
         from declines
        group by grouping sets ((currency_code), (currency_code, plan_id))
     ), figures as (
       select ?::date as day, standing.currency_code, standing.plan_id,
              standing.subscriptions, standing.active, standing.trialing,
              standing.past_due, standing.paused, standing.customers,
              coalesce(moved.new_subscriptions, 0) as new_subscriptions,
              coalesce(moved.canceled_subscriptions, 0) as canceled_subscriptions,
              coalesce(people.new_customers, 0) as new_customers,
              coalesce(people.churned_customers, 0) as churned_customers,
              coalesce(moved.trials_started, 0) as trials_started,
              coalesce(moved.trials_converted, 0) as trials_converted,
              coalesce(moved.trials_lost, 0) as trials_lost,
              coalesce(charges.failed_charges, 0) as failed_charges,
              coalesce(charges.recovered_charges, 0) as recovered_charges,
              standing.mrr,
              coalesce(moved.new_mrr, 0) as new_mrr,
              coalesce(moved.reactivation_mrr, 0) as reactivation_mrr,
              coalesce(moved.expansion_mrr, 0) as expansion_mrr,
              coalesce(moved.contraction_mrr, 0) as contraction_mrr,
              coalesce(moved.churned_mrr, 0) as churned_mrr,
              coalesce(charges.failed_amount, 0) as failed_amount,
              coalesce(charges.recovered_amount, 0) as recovered_amount
         from standing
         left join moved using (currency_code, plan_id)
         left join charges using (currency_code, plan_id)
         left join people on people.currency_code = standing.currency_code
           and standing.plan_id = ''
     ), gone as (
       delete from portal_subscription_daily d
        where d.day = ?::date and not exists (
          select 1 from figures f
           where f.currency_code = d.currency_code and f.plan_id = d.plan_id)
     )
     insert into portal_subscription_daily (${COLUMNS.join(", ")}, computed_at)
     select ${COLUMNS.join(", ")}, ?::timestamptz from figures
     on conflict (currency_code, plan_id, day) do update set
       ${FIGURES.map((name) => `${name} = excluded.${name}`).join(", ")}, computed_at = excluded.computed_at`

async function writeFigures(
  context: ModuleContext,
  { day, start, end }: SnapshotDay,
  now: Date
): Promise<void> {
  await execute(context, FIGURES_SQL, [
    day,
    day,
    day,
    start,
    end,
    day,
    day,
    now,
  ])
}
