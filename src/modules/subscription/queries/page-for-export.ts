import { execute, type ModuleContext } from "../../../database/execute"
import {
  conditions,
  type ListedSubscription,
  type SubscriptionFilters,
} from "./list-subscriptions"
import { OPEN_CYCLE } from "./open-cycle"
import { allOf, within } from "./read-scope"
import { LIST_COLUMNS, readItems, type ListRow } from "./subscription-row"

/**
 * The subscriptions that follow an id, in the order of ids: the next page costs
 * what the first one did, and one that is made meanwhile is on none or one of them.
 *
 * @param after - the last id of the page before; empty: from the beginning
 */
export async function pageForExport(
  context: ModuleContext,
  input: { filters: SubscriptionFilters; after: string; limit: number }
): Promise<ListedSubscription[]> {
  const where = allOf([
    within({ every_customer: true }),
    { sql: "s.id > ?", values: [input.after] },
    ...conditions(input.filters),
  ])
  const rows = await execute<ListRow>(
    context,
    `select ${LIST_COLUMNS}
       from portal_subscription s
       left join portal_subscription_plan p on p.id = s.plan_id
       ${OPEN_CYCLE}
      where ${where.sql}
      order by s.id
      limit ?`,
    [...where.values, input.limit]
  )
  const items = await readItems(
    context,
    rows.map(({ id }) => id)
  )
  return rows.map((row) => ({ row, items: items.get(row.id) ?? [] }))
}
