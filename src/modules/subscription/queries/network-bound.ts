import { execute, type ModuleContext } from "../../../database/execute"

/**
 * How often card networks let one card be refused before a try costs the merchant a
 * fee: the lowest of what they allow, Visa 15 tries in 30 days and Mastercard 10 in
 * 24 hours (and 35 in 30 days). Counted for a card over all of its subscriptions.
 * @see https://support.checkout.com/hc/en-us/articles/25482040901394-When-can-I-retry-a-declined-transaction
 * @see https://history.paypal.com/us/brc/article/avoid-excessive-retries-penalties
 */
export const NETWORK_BOUND = { day: 10, month: 15 } as const

/**
 * When `v.payment_method_id` may be tried again, as `free_at`; null where it may be
 * at once. A subscription without one, at providers that know it by themselves, is
 * counted by its period `v.id`. Takes the present time as its one binding.
 */
export const REFUSED_TRIES = `select greatest(
      (array_agg(a.started_at order by a.started_at desc))[${NETWORK_BOUND.month}]
        + make_interval(days => 30),
      (array_agg(a.started_at order by a.started_at desc))[${NETWORK_BOUND.day}]
        + make_interval(hours => 24)) as free_at
    from portal_charge_attempt a
   where v.is_bounded
     and a.status in ('declined', 'action_required', 'unknown')
     and a.started_at > ?::timestamptz - make_interval(days => 30)
     and (a.payment_method_id = v.payment_method_id
          or (v.payment_method_id is null and a.cycle_id = v.id))`

/**
 * When a payment method may be tried again.
 *
 * @returns null where it may be now
 */
export async function chargeFreeAt(
  context: ModuleContext,
  input: { cycle_id: string; payment_method_id: string | null; now: Date }
): Promise<Date | null> {
  const { cycle_id, payment_method_id, now } = input
  const [row] = await execute<{ free_at: Date | null }>(
    context,
    `select tries.free_at
       from (select ?::text as id, ?::text as payment_method_id,
                    true as is_bounded) v
      cross join lateral (${REFUSED_TRIES}) tries`,
    [cycle_id, payment_method_id, now]
  )
  const free = row?.free_at ?? null
  return free && free > now ? free : null
}
