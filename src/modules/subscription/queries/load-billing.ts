import type {
  BillingItem,
  BillingPlan,
  BillingSubscription,
} from "../domain/billing"
import { execute } from "../../../database/execute"
import { WAITING_ONE_OFFS } from "./one-offs"
import { usageOf, WAITING_USAGE } from "./usage"
import type { ModuleContext } from "../../../database/execute"

type SubscriptionRow = Omit<
  BillingSubscription,
  "plan" | "items" | "credit_balance"
> & {
  credit_balance: string
  plan: BillingPlan
  items: BillingItem[] | null
}

/**
 * Everything that billing needs of some subscriptions, in one statement whatever
 * their number.
 */
export async function loadBillingSubscriptions(
  context: ModuleContext,
  ids: string[]
): Promise<BillingSubscription[]> {
  const rows = await execute<SubscriptionRow>(
    context,
    `select s.*,
       to_jsonb(p) as plan, to_jsonb(pp) as pending_plan,
       (select jsonb_agg(to_jsonb(i) order by i.id)
          from portal_subscription_item i
         where i.subscription_id = s.id and i.deleted_at is null) as items,
       ${WAITING_ONE_OFFS} as one_offs,
       ${WAITING_USAGE} as usage,
       (select count(*)::int from portal_subscription_cycle c
         where c.subscription_id = s.id and c.status in ('paid', 'completed')
           and c.kind = 'renewal'
           and (c.sequence > 0 or s.trial_ends_at is null)) as paid_cycles,
       (select max(c.paid_at) from portal_subscription_cycle c
         where c.subscription_id = s.id and c.paid_at is not null
           and c.sequence > 0 and c.kind = 'renewal') as last_charged_at
     from portal_subscription s
     join portal_subscription_plan p on p.id = s.plan_id
     left join portal_subscription_plan pp
       on pp.id = s.pending_change->>'plan_id'
     where s.id = any(?) and s.deleted_at is null`,
    [ids]
  )
  return rows.map((row) => ({
    ...row,
    items: (row.items ?? []).map(numbered),
    usage: usageOf(row.usage ?? null),
    credit_balance: Number(row.credit_balance),
  }))
}

/** JSON numbers of PostgreSQL come as numbers; texts would not add up. */
function numbered(item: BillingItem): BillingItem {
  return {
    ...item,
    quantity: Number(item.quantity),
    unit_price: Number(item.unit_price),
    list_unit_price: Number(item.list_unit_price),
  }
}
