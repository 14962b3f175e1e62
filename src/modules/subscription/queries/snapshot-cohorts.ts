import { execute, type ModuleContext } from "../../../database/execute"
import { STATES, type SnapshotDay } from "./snapshot-movements"

/** Of those that began in a month, who is still there at this day's end. */
export async function writeCohorts(
  context: ModuleContext,
  { day }: SnapshotDay
): Promise<void> {
  await execute(
    context,
    `with states as (${STATES}), cohorts as (
       select currency_code, date_trunc('month', first_counted_on)::date as cohort,
              date_trunc('month', ?::date)::date as month, count(*) as size,
              count(*) filter (where is_held) as retained, sum(mrr) as mrr
         from states
        where first_counted_on is not null
        group by 1, 2
     ), gone as (
       delete from portal_subscription_cohort old
        where old.month = date_trunc('month', ?::date)::date and not exists (
          select 1 from cohorts c where c.currency_code = old.currency_code
             and c.cohort = old.cohort)
     )
     insert into portal_subscription_cohort
       (currency_code, cohort, month, size, retained, mrr)
     select currency_code, cohort, month, size, retained, mrr from cohorts
     on conflict (currency_code, cohort, month) do update set
       size = excluded.size, retained = excluded.retained, mrr = excluded.mrr`,
    [day, day, day]
  )
}
