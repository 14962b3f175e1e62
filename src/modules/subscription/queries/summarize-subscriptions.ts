import { execute, type ModuleContext } from "../../../database/execute"
import { OPEN_CYCLE } from "./open-cycle"
import { within, type ReadScope } from "./read-scope"

/** What a home screen says of somebody's subscriptions. */
export type SubscriptionSummary = {
  total: number
  /** Trials and overdue ones included. */
  live: number
  /** Those that wait for the customer, the oldest first. */
  issues: { id: string; needs: "payment" | "action" }[]
}

/** More than fit on a screen. */
const MOST_ISSUES = 10

/** Counts and what is wrong, in one statement. */
export async function summarizeSubscriptions(
  context: ModuleContext,
  scope: ReadScope
): Promise<SubscriptionSummary> {
  const where = within(scope)
  const [row] = await execute<SubscriptionSummary>(
    context,
    `with own as (
       select s.id, s.status, s.created_at, c.status as cycle_status
         from portal_subscription s
         ${OPEN_CYCLE}
        where ${where.sql}
     )
     select count(*)::int as total,
            count(*) filter (where status in ('trialing', 'active', 'past_due'))::int as live,
            coalesce((
              select json_agg(json_build_object('id', id, 'needs', needs))
                from (
                  select id,
                         case when cycle_status = 'action_required' then 'action' else 'payment' end as needs
                    from own
                   where status = 'past_due' or cycle_status = 'action_required'
                   order by created_at, id
                   limit ?
                ) open
            ), '[]') as issues
       from own`,
    [...where.values, MOST_ISSUES]
  )
  return row ?? { total: 0, live: 0, issues: [] }
}
