import { generateEntityId } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"
import type { UsageRecord } from "../../../types/meters"
import type { MeterUsage } from "../domain/billing"

/**
 * Periods of a subscription (`s.id`) whose use can still be charged otherwise: they
 * are not priced yet, or can no longer be paid.
 */
const unsettledCycles = (subscriptionId: string) => `select gone.id
    from portal_subscription_cycle gone
   where gone.subscription_id = ${subscriptionId}
     and (gone.quote is null and gone.status not in ('paid', 'completed')
       or gone.status in ('skipped', 'canceled')
         and (gone.payment_session_id is null or gone.payment_voided_at is not null))`

/** Use of a subscription (`s`) under a plan (`p`) that no charge has, as JSON. */
export const WAITING_USAGE = `case when p.meters is not null then (
    select jsonb_agg(jsonb_build_object('meter', meter, 'quantity', quantity)
             order by meter)
      from (
        select meter, sum(quantity)::text as quantity from (
          select u.meter, u.quantity from portal_subscription_usage u
           where u.subscription_id = s.id and u.cycle_id is null
          union all
          select u.meter, u.quantity from portal_subscription_usage u
           where u.cycle_id in (${unsettledCycles("s.id")})
        ) waiting group by meter
      ) sums
  ) end`

/** Sums of big numbers are text in SQL, and exact as numbers below 2^53. */
export function usageOf(
  rows: { meter: string; quantity: string | number }[] | null
): MeterUsage[] | null {
  return (
    rows?.map(({ meter, quantity }) => ({
      meter,
      quantity: Number(quantity),
    })) ?? null
  )
}

/**
 * Ties the use that no charge has to the periods that this worker is about to
 * price. From here on the use of a period stands still: what is recorded later
 * belongs to the next one.
 *
 * @returns what each period charges, by its id
 */
export async function takeUsage(
  context: ModuleContext,
  input: { worker: string; cycle_ids: string[] }
): Promise<Map<string, MeterUsage[]>> {
  await execute(
    context,
    `with mine as (
       select c.id, c.subscription_id from portal_subscription_cycle c
        where c.id = any(?::text[]) and c.claimed_by = ? and c.status = 'claimed'
          and c.quote is null
          for no key update
     ), waiting as (
       select u.id, mine.id as cycle_id from mine
         join portal_subscription_usage u
           on u.subscription_id = mine.subscription_id and u.cycle_id is null
       union all
       select u.id, mine.id from mine
         join portal_subscription_usage u
           on u.cycle_id in (${unsettledCycles("mine.subscription_id")})
        where u.cycle_id <> mine.id
     )
     update portal_subscription_usage u
        set cycle_id = waiting.cycle_id, updated_at = now()
       from waiting where u.id = waiting.id`,
    [input.cycle_ids, input.worker]
  )
  const rows = await execute<{
    cycle_id: string
    meter: string
    quantity: string
  }>(
    context,
    `select cycle_id, meter, sum(quantity)::text as quantity
       from portal_subscription_usage
      where cycle_id = any(?::text[])
      group by cycle_id, meter
      order by cycle_id, meter`,
    [input.cycle_ids]
  )
  const byCycle = new Map<string, MeterUsage[]>()
  for (const { cycle_id, meter, quantity } of rows) {
    const usage = byCycle.get(cycle_id) ?? []
    usage.push({ meter, quantity: Number(quantity) })
    byCycle.set(cycle_id, usage)
  }
  return byCycle
}

type Row = Omit<UsageRecord<Date>, "quantity"> & { quantity: string }

/** A record to write. */
export type NewUsage = Omit<UsageRecord<Date>, "id"> & {
  subscription_id: string
}

/**
 * Writes a record of use of a subscription that has not ended. Of many with one
 * key the unique index lets one in.
 *
 * @returns the record that stands under the key, and whether this call wrote it;
 * null where the subscription has ended
 */
export async function recordUsage(
  context: ModuleContext,
  usage: NewUsage
): Promise<{ record: UsageRecord<Date>; is_new: boolean } | null> {
  const { subscription_id, meter, quantity, idempotency_key } = usage
  const columns = "id, meter, quantity, idempotency_key, occurred_at"
  const [written] = await execute<Row>(
    context,
    `insert into portal_subscription_usage
       (id, subscription_id, meter, quantity, idempotency_key, occurred_at)
     select ?, s.id, ?, ?::bigint, ?, ?::timestamptz from portal_subscription s
      where s.id = ? and s.status not in ('canceled', 'expired')
     on conflict (subscription_id, idempotency_key) do nothing
     returning ${columns}`,
    [
      generateEntityId(undefined, "susg"),
      meter,
      quantity,
      idempotency_key,
      usage.occurred_at,
      subscription_id,
    ]
  )
  const [row] = written
    ? [written]
    : await execute<Row>(
        context,
        `select ${columns} from portal_subscription_usage
          where subscription_id = ? and idempotency_key = ?`,
        [subscription_id, idempotency_key]
      )
  return row
    ? {
        record: { ...row, quantity: Number(row.quantity) },
        is_new: written !== undefined,
      }
    : null
}
