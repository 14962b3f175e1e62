/** Finding the memberships that are to begin or to end, and noting that they did. */
import { execute, type ModuleContext } from "../../../database/execute"
import { GRANT_ENDS_AT, GRANTS } from "./grants"

/** A membership that a worker has to begin or to end. */
export type ClaimedMembership = {
  id: string
  customer_id: string
  group_id: string
  link_id: string
  subscription_id: string
  status: "joining" | "leaving"
}

/** What became of one: `gone` where there is no such customer or group any more. */
export type SettledMembership = {
  id: string
  did: "joining" | "leaving" | "gone"
}

/**
 * The scans for subscriptions that changed, and for those whose time has come. The
 * conditions are those of the partial indexes, so that a run costs what changed.
 */
const CHANGED = `select id from portal_subscription
   where membership_pending and (?::text is null or id = ?)
   order by id limit ? for no key update skip locked`
const OVER = `select id from portal_subscription
   where membership_until is not null and membership_until <= ?::timestamptz
     and not membership_pending and (?::text is null or id = ?)
   order by membership_until, id limit ? for no key update skip locked`

/**
 * Looks at subscriptions that changed and writes down which memberships begin and
 * which end; the effect comes afterwards, by {@link claimMemberships}. Call it
 * within a transaction.
 *
 * The subscriptions' rows stay locked, so no change can come between looking and
 * clearing the mark. Two runs that look at two subscriptions of one customer take
 * turns at the customer: the second sees what the first did.
 *
 * @returns how many subscriptions it looked at; the limit or more: call it again
 */
export async function decideMemberships(
  context: ModuleContext,
  input: { now: Date; limit: number; subscription_id: string | null }
): Promise<number> {
  const { now, limit, subscription_id: one } = input
  const looked = await execute<{ id: string; customer_id: string }>(
    context,
    `with changed as (${CHANGED}), over as (${OVER}),
     due as (select id from changed union select id from over)
     update portal_subscription s
        set membership_pending = false,
            membership_until = case when ${GRANTS} then ${GRANT_ENDS_AT} end
       from due
      where s.id = due.id
     returning s.id, s.customer_id`,
    [one, one, limit, now, one, one, limit, now]
  )
  if (!looked.length) {
    return 0
  }
  const customers = await lockCustomers(context, looked)
  // A statement of its own: it must see what the one before had to wait for.
  await execute(
    context,
    `insert into portal_membership as m
       (id, customer_id, group_id, link_id, subscription_id, status, granted_at)
     select 'pmem_' || replace(gen_random_uuid()::text, '-', ''),
            d.customer_id, d.customer_group_id,
            'cusgc_' || replace(gen_random_uuid()::text, '-', ''),
            d.id, 'joining', ?::timestamptz
       from (
         select distinct on (s.customer_id, p.customer_group_id)
                s.customer_id, p.customer_group_id, s.id
           from portal_subscription s
           join portal_subscription_plan p on p.id = s.plan_id
          where s.customer_id = any(?::text[])
            and p.customer_group_id is not null and ${GRANTS}
          order by s.customer_id, p.customer_group_id, s.created_at, s.id
       ) d
     on conflict (customer_id, group_id) do update
        set subscription_id = excluded.subscription_id, updated_at = now(),
            granted_at = case when m.status = 'leaving'
              then excluded.granted_at else m.granted_at end,
            status = case when m.status = 'leaving'
              then 'joining' else m.status end
      where m.status = 'leaving'
         or m.subscription_id <> excluded.subscription_id`,
    [now, customers, now]
  )
  await execute(
    context,
    `update portal_membership m
        set status = 'leaving', updated_at = now()
      where m.customer_id = any(?::text[]) and m.status <> 'leaving'
        and not exists (
          select 1 from portal_subscription s
            join portal_subscription_plan p on p.id = s.plan_id
           where s.customer_id = m.customer_id
             and p.customer_group_id = m.group_id and ${GRANTS})`,
    [customers, now]
  )
  return looked.length
}

/** Whose memberships may change, locked until the transaction's end. */
async function lockCustomers(
  context: ModuleContext,
  looked: readonly { id: string; customer_id: string }[]
): Promise<string[]> {
  const rows = await execute<{ customer_id: string }>(
    context,
    // In one order everywhere, so that two runs never wait for each other.
    `select customer_id, pg_advisory_xact_lock(
              hashtextextended('portal_membership ' || customer_id, 0))::text
       from (
         select unnest(?::text[]) as customer_id
         union
         -- Who had it before the subscription went to another customer.
         select customer_id from portal_membership
          where subscription_id = any(?::text[])
         order by 1
       ) concerned`,
    [looked.map(({ customer_id }) => customer_id), looked.map(({ id }) => id)]
  )
  return rows.map(({ customer_id }) => customer_id)
}

/**
 * Takes memberships that are to begin or to end, each for one worker and some real
 * seconds: who dies meanwhile leaves them to the next.
 */
export async function claimMemberships(
  context: ModuleContext,
  input: { worker: string; leaseSeconds: number; limit: number }
): Promise<ClaimedMembership[]> {
  return await execute<ClaimedMembership>(
    context,
    `with due as (
       select id from portal_membership
        where status in ('joining', 'leaving')
          and (claimed_until is null or claimed_until < now())
        order by id limit ? for update skip locked
     )
     update portal_membership m
        set claimed_by = ?, updated_at = now(),
            claimed_until = now() + make_interval(secs => ?)
       from due
      where m.id = due.id
     returning m.id, m.customer_id, m.group_id, m.link_id, m.subscription_id,
       m.status`,
    [input.limit, input.worker, input.leaseSeconds]
  )
}

/**
 * Notes what a worker did. A membership that was decided otherwise meanwhile is
 * given back instead: it is to be done the other way round now.
 *
 * @returns those that stand as they were done
 */
export async function settleMemberships(
  context: ModuleContext,
  input: { worker: string; done: SettledMembership[] }
): Promise<string[]> {
  const done = JSON.stringify(input.done)
  const given = `jsonb_to_recordset(?::jsonb) as done(id text, did text)`
  const rows = await execute<{ id: string }>(
    context,
    `with joined as (
       update portal_membership m
          set status = 'joined', claimed_by = null, claimed_until = null,
              updated_at = now()
         from ${given}
        where m.id = done.id and m.claimed_by = ?
          and done.did = 'joining' and m.status = 'joining'
       returning m.id
     ), left_ as (
       delete from portal_membership m
        using ${given}
        where m.id = done.id and m.claimed_by = ?
          and (done.did = 'gone'
               or (done.did = 'leaving' and m.status = 'leaving'))
       returning m.id
     )
     select id from joined union all select id from left_`,
    [done, input.worker, done, input.worker]
  )
  await execute(
    context,
    `update portal_membership
        set claimed_by = null, claimed_until = null, updated_at = now()
      where id = any(?::text[]) and claimed_by = ?`,
    [input.done.map(({ id }) => id), input.worker]
  )
  return rows.map(({ id }) => id)
}

/** Lets all subscriptions of a plan that may grant something be looked at again. */
export async function recheckPlan(
  context: ModuleContext,
  planId: string
): Promise<void> {
  await execute(
    context,
    `update portal_subscription set membership_pending = true
      where plan_id = ? and deleted_at is null and not membership_pending
        and status in ('trialing', 'active', 'past_due', 'paused')`,
    [planId]
  )
}
