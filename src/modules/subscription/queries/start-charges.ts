import { execute } from "../../../database/execute"
import type { Claim } from "./claim-cycles"
import type { ModuleContext } from "../../../database/execute"
import { REFUSED_TRIES } from "./network-bound"

/** An attempt that is about to be made, or that may not be made yet. */
export type StartedCharge =
  | {
      cycle_id: string
      attempt: number
      idempotency_key: string
      free_at: null
    }
  /** Card networks allow no more tries before this date; none was recorded. */
  | { cycle_id: string; free_at: Date }

/**
 * Records attempts before the provider hears of them. Committed when this answers:
 * whatever happens from here on, it is known that money may have moved.
 *
 * Only priced cycles of this worker start; the unique index on (cycle, attempt)
 * decides where two workers believe to own the same one. A payment method that was
 * refused as often as card networks allow does not start either. What is under way at
 * the same moment for other subscriptions with the same card is not refused yet: the
 * bound can be passed by so many, once.
 */
export async function startCharges(
  context: ModuleContext,
  input: Claim & {
    now: Date
    /** Somebody asked for it: it uses up none of the planned tries. */
    on_demand: boolean
    charges: {
      id: string
      payment_method_id: string | null
      /** Whether card networks count the try. */
      is_bounded: boolean
    }[]
  }
): Promise<StartedCharge[]> {
  return await execute<StartedCharge>(
    context,
    `with wanted as materialized (
       select v.id, v.payment_method_id, tries.free_at
         from jsonb_to_recordset(?::jsonb) as v(
                id text, payment_method_id text, is_bounded boolean)
        cross join lateral (${REFUSED_TRIES}) tries
     ), started as (
       update portal_subscription_cycle c
       set status = 'charging', attempt = c.attempt + 1, updated_at = now(),
           claimed_until = now() + make_interval(secs => ?)
       from wanted v
       where c.id = v.id and c.status = 'priced' and c.claimed_by = ?
         and (v.free_at is null or v.free_at <= ?)
       returning c.id, c.attempt, c.provider_id, c.amount, c.raw_amount,
                 c.currency_code, v.payment_method_id
     ), recorded as (
       insert into portal_charge_attempt (
         id, cycle_id, attempt, status, idempotency_key, provider_id,
         payment_method_id, amount, raw_amount, currency_code, started_at,
         on_demand
       )
       select 'satt_' || substr(id, 6) || '_' || attempt, id, attempt, 'started',
              id || ':' || attempt, provider_id, payment_method_id, amount,
              raw_amount, currency_code, ?::timestamptz, ?::boolean
       from started
       returning cycle_id, attempt, idempotency_key
     )
     select cycle_id, attempt, idempotency_key, null::timestamptz as free_at
       from recorded
     union all
     select v.id, null, null, v.free_at
       from wanted v
       join portal_subscription_cycle c on c.id = v.id
      where v.free_at > ? and c.status = 'priced' and c.claimed_by = ?`,
    [
      JSON.stringify(input.charges),
      input.now,
      input.leaseSeconds,
      input.worker,
      input.now,
      input.now,
      input.on_demand,
      input.now,
      input.worker,
    ]
  )
}
