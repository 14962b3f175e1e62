import { execute, type ModuleContext } from "../../../database/execute"
import type { PortalFlowType } from "../../../types/portal-session"
import { FLOW_CATEGORIES } from "../domain/tasks"
import {
  BOT_PATTERN,
  IN_RANGE,
  IS_HUMAN,
  rangeValues,
  TASK_CATEGORIES,
  TASK_NAMES,
  type MetricsRange,
} from "./metrics-range"

/** Sessions that began by a link: of a day, of a flow, or all. */
export type SessionGroup = {
  date: string | null
  flow: PortalFlowType | null
  is_total: boolean
  redeemed: number
  completed: number
  leaked: number
  without_task: number
  mfa_needed: number
  mfa_missing: number
  median_seconds: number | null
}

/** Sessions by day, by flow, and all together. */
export async function countSessions(
  context: ModuleContext,
  range: MetricsRange
): Promise<SessionGroup[]> {
  return await execute<SessionGroup>(
    context,
    `with redeemed as (
       select e.session_id, min(e.created_at) as at, min(e.tenant_id) as tenant_id,
         min(e.customer_id) as customer_id, min(e.data->>'flow') as flow
       from portal_event e
       where e.type = 'link_redeemed' and e.session_id is not null and ${IN_RANGE}
       group by e.session_id
     ), human as (
       select r.session_id, r.at, r.tenant_id, r.customer_id, s.mfa_state,
         coalesce(s.flow_type, r.flow) as flow
       from redeemed r left join portal_session s on s.id = r.session_id
       where ${IS_HUMAN}
     ), task as (
       select e.session_id, e.task, e.type, e.created_at as at
       from portal_event e join human h on h.session_id = e.session_id
       where e.session_id is not null and e.task is not null
         and e.type in ('task_started', 'task_completed')
     ), first_task as (
       select session_id, min(at) as at from task
       where type = 'task_completed' group by session_id
     ), intent as (
       select t.session_id, c.category from task t
         join unnest(?::text[], ?::text[]) as c (task, category) on c.task = t.task
       where c.category <> ''
       union
       select h.session_id, f.category from human h
         join unnest(?::text[], ?::text[]) as f (flow, category) on f.flow = h.flow
     ), aimed as (
       select session_id from intent union select session_id from first_task
     ), leak as (
       select distinct h.session_id
       from human h
       join portal_event k on k.customer_id = h.customer_id
         and k.tenant_id = h.tenant_id and k.type = 'ticket_opened'
         and k.created_at >= h.at
         and k.created_at < h.at + make_interval(hours => ?)
       left join aimed a on a.session_id = h.session_id
       where a.session_id is null or exists (
         select 1 from intent i
         where i.session_id = h.session_id and i.category = k.data->>'category'
       )
     ), fact as (
       select h.flow, to_char(h.at at time zone ?, 'YYYY-MM-DD') as date,
         h.mfa_state, f.at is not null as has_task, l.session_id is not null as leaked,
         extract(epoch from f.at - h.at) as seconds
       from human h
       left join first_task f on f.session_id = h.session_id
       left join leak l on l.session_id = h.session_id
     )
     select date, flow, grouping(date) = 1 and grouping(flow) = 1 as is_total,
       count(*)::int as redeemed,
       (count(*) filter (where has_task and not leaked))::int as completed,
       (count(*) filter (where leaked))::int as leaked,
       (count(*) filter (where not has_task))::int as without_task,
       (count(*) filter (where mfa_state in ('pending', 'verified')))::int as mfa_needed,
       (count(*) filter (where mfa_state = 'pending'))::int as mfa_missing,
       (percentile_cont(0.5) within group (order by seconds))::float8 as median_seconds
     from fact group by grouping sets ((date), (flow), ())
     order by date, flow`,
    [
      ...rangeValues(range),
      BOT_PATTERN,
      TASK_NAMES,
      TASK_CATEGORIES,
      Object.keys(FLOW_CATEGORIES),
      Object.values(FLOW_CATEGORIES),
      range.window_hours,
      range.timezone,
    ]
  )
}
