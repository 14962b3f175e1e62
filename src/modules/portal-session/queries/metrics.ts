/**
 * What the portal's figures are counted from. Four statements, whatever the range
 * holds; the definitions are in docs/guides/metrics.md.
 */
import { execute, type ModuleContext } from "../../../database/execute"
import type { PortalFlowType } from "../../../types/portal-session"
import { FLOW_CATEGORIES, TASKS } from "../domain/tasks"

/** From when to when, and of which tenant. */
export type MetricsRange = {
  tenant_id?: string
  from: Date
  /** Not part of the range. */
  to: Date
  /** Hours after it in which a ticket counts. */
  window_hours: number
  /** IANA name; days are counted in it. */
  timezone: string
}

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

export type LinkCounts = {
  created: number
  created_opened: number
  tried: number
  late: number
  recovered: number
}

export type TaskCounts = {
  task: string
  category: string | null
  started: number
  completed: number
  followed: number
}

/**
 * Robots that say that they are one: crawlers, link previews, scanners of mails.
 * Only names that no browser and no server of a shop has. A scanner that poses as
 * a browser does not press the button of the link's page, so it opens nothing.
 */
export const BOT_PATTERN = [
  "bot[/;)]",
  "(google|bing|slack|twitter|telegram|discord|apple|yandex|linkedin)-?bot",
  "crawler",
  "spider",
  "slurp",
  "headlesschrome",
  "facebookexternalhit",
  "skypeuripreview",
  "bingpreview",
  "google-safety",
  "proofpoint",
  "mimecast",
  "barracuda",
  "safelinks",
  "urldefense",
  "mailscanner",
].join("|")

const IN_RANGE = `(?::text is null or e.tenant_id = ?)
  and e.created_at >= ? and e.created_at < ?`
/** Of `s`, the session of an event; what has no session is somebody's. */
const IS_HUMAN = `s.impersonator_id is null and coalesce(s.user_agent, '') !~* ?`

const inRange = ({ tenant_id, from, to }: MetricsRange) => [
  tenant_id ?? null,
  tenant_id ?? null,
  from,
  to,
]

const TASK_NAMES = Object.keys(TASKS)
const TASK_CATEGORIES = Object.values(TASKS).map(
  // Empty and not null: arrays of texts have no null here.
  ({ category }) => category ?? ""
)

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
      ...inRange(range),
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

/** Links: each counts once for each thing that happened to it. */
export async function countLinks(
  context: ModuleContext,
  range: MetricsRange
): Promise<LinkCounts> {
  const [row] = await execute<LinkCounts>(
    context,
    `with link as (
       select e.session_id,
         bool_or(e.type = 'link_created') as is_created,
         bool_or(e.type = 'link_redeemed') as is_redeemed,
         bool_or(s.redeemed_at is not null) as was_opened,
         bool_or(e.type = 'link_expired') as was_late,
         bool_or(e.type = 'recovered') as is_recovered
       from portal_event e left join portal_session s on s.id = e.session_id
       where e.session_id is not null and ${IN_RANGE} and ${IS_HUMAN}
         and e.type in ('link_created', 'link_redeemed', 'link_expired', 'recovered')
       group by e.session_id
     )
     select (count(*) filter (where is_created))::int as created,
       (count(*) filter (where is_created and (is_redeemed or was_opened)))::int as created_opened,
       (count(*) filter (where is_redeemed or was_late or is_recovered))::int as tried,
       (count(*) filter (where was_late or is_recovered))::int as late,
       (count(*) filter (where is_recovered))::int as recovered
     from link`,
    [...inRange(range), BOT_PATTERN]
  )
  return (
    row ?? { created: 0, created_opened: 0, tried: 0, late: 0, recovered: 0 }
  )
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
      ...inRange(range),
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
    [...inRange(range), BOT_PATTERN]
  )
}
