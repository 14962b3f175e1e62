/** What customers are still to be told of by mail. */
import type {
  CustomerActions,
  CycleStatus,
  SubscriptionStatus,
} from "../../../types/subscription"
import { execute, type ModuleContext } from "../../../database/execute"
import type { NoticedType } from "../domain/notices"

/** An entry of the timeline with what a mail about it needs to know. */
export type PendingNotice = {
  id: string
  type: NoticedType
  data: Record<string, unknown> | null
  /** When it was written, as text: a `Date` would lose microseconds. */
  written_at: string
  /** Too old to be told of. */
  is_stale: boolean
  subscription_id: string
  status: SubscriptionStatus
  customer_id: string
  locale: string | null
  timezone: string
  currency_code: string
  sales_channel_id: string | null
  provider_id: string | null
  payment_method_id: string | null
  trial_ends_at: Date | null
  cancel_at_period_end: boolean
  plan_name: string
  /** The plan of a change that waits; null: none, or the same. */
  pending_plan_name: string | null
  has_pending_change: boolean
  customer_actions: Partial<CustomerActions>
  items: { title: string; quantity: number }[] | null
  /** The cycle that the entry is about; null: none. */
  cycle_id: string | null
  cycle_status: CycleStatus | null
  cycle_amount: string | null
  cycle_order_id: string | null
  cycle_next_attempt_at: Date | null
  /** The next charge of another cycle than that. */
  next_charge_at: Date | null
}

/** A mail that comes later than this only confuses. */
const STALE_AFTER = "3 days"

const SELECT = `select e.id, e.type, e.data, e.cycle_id,
  e.created_at::text as written_at,
  e.created_at < now() - interval '${STALE_AFTER}' as is_stale,
  s.id as subscription_id, s.status, s.customer_id, s.locale, s.timezone,
  s.currency_code, s.sales_channel_id, s.provider_id, s.payment_method_id, s.trial_ends_at,
  s.cancel_at_period_end, p.name as plan_name, p.customer_actions,
  s.pending_change is not null as has_pending_change,
  (select pp.name from portal_subscription_plan pp
    where pp.id = s.pending_change->>'plan_id' and pp.id <> s.plan_id) as pending_plan_name,
  c.status as cycle_status, c.amount as cycle_amount,
  c.order_id as cycle_order_id, c.next_attempt_at as cycle_next_attempt_at,
  (select jsonb_agg(jsonb_build_object('title', i.title, 'quantity', i.quantity)
          order by i.id)
     from portal_subscription_item i
    where i.subscription_id = s.id and i.deleted_at is null) as items,
  (select min(n.next_attempt_at) from portal_subscription_cycle n
    where n.subscription_id = s.id and n.kind = 'renewal'
      and n.status not in ('completed', 'skipped', 'canceled')
      and n.id is distinct from e.cycle_id) as next_charge_at
  from portal_subscription_event e
  join portal_subscription s on s.id = e.subscription_id
  join portal_subscription_plan p on p.id = s.plan_id
  left join portal_subscription_cycle c on c.id = e.cycle_id`

/** What the customers of some subscriptions are to be told, the oldest first. */
export async function listNoticesOf(
  context: ModuleContext,
  subscriptionIds: string[]
): Promise<PendingNotice[]> {
  return await execute<PendingNotice>(
    context,
    // The condition is that of the partial index, word for word.
    `${SELECT}
     where e.notice_pending and e.subscription_id = any(?::text[])
     order by e.created_at, e.id`,
    [subscriptionIds]
  )
}

/**
 * What nobody has sent: written so many seconds ago, the oldest first.
 *
 * @param olderThanSeconds - real time; who wrote them may be about to send them
 * @param after - the last one of the page before
 */
export async function listForgottenNotices(
  context: ModuleContext,
  input: {
    olderThanSeconds: number
    limit: number
    after: Pick<PendingNotice, "written_at" | "id"> | null
  }
): Promise<PendingNotice[]> {
  const { after } = input
  return await execute<PendingNotice>(
    context,
    `${SELECT}
     where e.notice_pending
       and e.created_at < now() - make_interval(secs => ?)
       and (e.created_at, e.id) > (?::timestamptz, ?::text)
     order by e.created_at, e.id
     limit ?`,
    [
      input.olderThanSeconds,
      after?.written_at ?? "-infinity",
      after?.id ?? "",
      input.limit,
    ]
  )
}

/** Notes that the customers were told, or need not be. */
export async function finishNotices(
  context: ModuleContext,
  ids: string[]
): Promise<void> {
  await execute(
    context,
    `update portal_subscription_event
        set notice_pending = false, updated_at = now()
      where id = any(?::text[]) and notice_pending`,
    [ids]
  )
}
