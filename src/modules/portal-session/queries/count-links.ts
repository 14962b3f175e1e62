import { execute, type ModuleContext } from "../../../database/execute"
import {
  BOT_PATTERN,
  IN_RANGE,
  IS_HUMAN,
  rangeValues,
  type MetricsRange,
} from "./metrics-range"

/** What became of links. */
export type LinkCounts = {
  created: number
  created_opened: number
  tried: number
  late: number
  recovered: number
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
    [...rangeValues(range), BOT_PATTERN]
  )
  return (
    row ?? { created: 0, created_opened: 0, tried: 0, late: 0, recovered: 0 }
  )
}
