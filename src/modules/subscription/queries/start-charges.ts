import { execute } from "../../../database/execute"
import type { Claim } from "./claim-cycles"
import type { ModuleContext } from "../../../database/execute"

/** An attempt that is about to be made. */
export type StartedCharge = {
  cycle_id: string
  attempt: number
  idempotency_key: string
}

/**
 * Records attempts before the provider hears of them. Committed when this answers:
 * whatever happens from here on, it is known that money may have moved.
 *
 * Only priced cycles of this worker start; the unique index on (cycle, attempt)
 * decides where two workers believe to own the same one.
 */
export async function startCharges(
  context: ModuleContext,
  input: Claim & {
    now: Date
    charges: { id: string; payment_method_id: string | null }[]
  }
): Promise<StartedCharge[]> {
  return await execute<StartedCharge>(
    context,
    `with started as (
       update portal_subscription_cycle c
       set status = 'charging', attempt = c.attempt + 1, updated_at = now(),
           claimed_until = now() + make_interval(secs => ?)
       from jsonb_to_recordset(?::jsonb) as v(id text, payment_method_id text)
       where c.id = v.id and c.status = 'priced' and c.claimed_by = ?
       returning c.id, c.attempt, c.provider_id, c.amount, c.raw_amount,
                 c.currency_code, v.payment_method_id
     )
     insert into portal_charge_attempt (
       id, cycle_id, attempt, status, idempotency_key, provider_id,
       payment_method_id, amount, raw_amount, currency_code, started_at
     )
     select 'satt_' || substr(id, 6) || '_' || attempt, id, attempt, 'started',
            id || ':' || attempt, provider_id, payment_method_id, amount,
            raw_amount, currency_code, ?
     from started
     returning cycle_id, attempt, idempotency_key`,
    [input.leaseSeconds, JSON.stringify(input.charges), input.worker, input.now]
  )
}
