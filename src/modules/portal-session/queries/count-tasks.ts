import { execute, type ModuleContext } from "../../../database/execute"
import {
  BOT_PATTERN,
  IN_RANGE,
  IS_HUMAN,
  rangeValues,
  TASK_CATEGORIES,
  TASK_NAMES,
  type MetricsRange,
} from "./metrics-range"

/** How far sessions came with a task. */
export type TaskCounts = {
  task: string
  category: string | null
  started: number
  completed: number
  followed: number
}

/** Tasks, counted in sessions; one without a session counts by itself. */
export async function countTasks(
  context: ModuleContext,
  range: MetricsRange
): Promise<TaskCounts[]> {
  return await execute<TaskCounts>(
    context,
    `with run as (
       select e.task, nullif(c.category, '') as category,
         coalesce(e.session_id, e.id) as run, e.type = 'task_completed' as is_done,
         exists (
           select 1 from portal_event k
           where k.customer_id = e.customer_id and k.tenant_id = e.tenant_id
             and k.type = 'ticket_opened' and k.data->>'category' = c.category
             and k.created_at >= e.created_at
             and k.created_at < e.created_at + make_interval(hours => ?)
         ) as has_ticket
       from portal_event e
       left join portal_session s on s.id = e.session_id
       left join unnest(?::text[], ?::text[]) as c (task, category) on c.task = e.task
       where e.task is not null and e.type in ('task_started', 'task_completed')
         and ${IN_RANGE} and ${IS_HUMAN}
     )
     select task, category, count(distinct run)::int as started,
       (count(distinct run) filter (where is_done))::int as completed,
       (count(distinct run) filter (where is_done and has_ticket))::int as followed
     from run group by task, category
     order by completed desc, started desc, task`,
    [
      range.window_hours,
      TASK_NAMES,
      TASK_CATEGORIES,
      ...rangeValues(range),
      BOT_PATTERN,
    ]
  )
}

/** Tickets by category, also those that were opened outside of the portal. */
export async function countTickets(
  context: ModuleContext,
  range: MetricsRange
): Promise<{ category: string | null; tickets: number }[]> {
  return await execute(
    context,
    `select e.data->>'category' as category, count(*)::int as tickets
     from portal_event e left join portal_session s on s.id = e.session_id
     where e.type = 'ticket_opened' and ${IN_RANGE} and ${IS_HUMAN}
     group by 1`,
    [...rangeValues(range), BOT_PATTERN]
  )
}
