import type { CycleQuote } from "../../../types/quote"
import { execute } from "../../../database/execute"
import { CAN_TAKE_ONE_OFFS, TAKE_ONE_OFFS } from "./one-offs"
import type { ModuleContext } from "../../../database/execute"

/** What pricing has found out about a claimed cycle. */
export type PricedCycle = {
  id: string
  period_index: number
  period_start: Date
  period_end: Date
  quote: CycleQuote
  order_id: string
  payment_collection_id: string | null
  provider_id: string | null
}

/**
 * Stores the quotes of cycles that this worker has claimed, and with them the ids
 * of all that is made later: from here on a repetition makes the same things
 * again, not others. A cycle that was priced before keeps what it has. One-off
 * lines of the quote become the cycle's in the same statement.
 *
 * @returns the ids that are priced now; one that is missing is another worker's
 */
export async function priceCycles(
  context: ModuleContext,
  worker: string,
  cycles: PricedCycle[]
): Promise<string[]> {
  const rows = await execute<{ id: string }>(
    context,
    `with priced as (
     update portal_subscription_cycle c
     set status = 'priced', updated_at = now(),
         period_index = case when c.quote is null then v.period_index else c.period_index end,
         period_start = case when c.quote is null then v.period_start else c.period_start end,
         period_end = case when c.quote is null then v.period_end else c.period_end end,
         amount = case when c.quote is null then (v.quote->>'amount')::numeric else c.amount end,
         raw_amount = case when c.quote is null
           then jsonb_build_object('value', v.quote->>'amount', 'precision', 20)
           else c.raw_amount end,
         quote = coalesce(c.quote, v.quote),
         order_id = coalesce(c.order_id, v.order_id),
         payment_collection_id = coalesce(c.payment_collection_id, v.payment_collection_id),
         provider_id = coalesce(c.provider_id, v.provider_id)
     from jsonb_to_recordset(?::jsonb) as v(
       id text, period_index integer, period_start timestamptz,
       period_end timestamptz, quote jsonb, order_id text,
       payment_collection_id text, provider_id text
     )
     where c.id = v.id and c.status = 'claimed' and c.claimed_by = ?
       and (c.quote is not null or ${CAN_TAKE_ONE_OFFS})
     returning c.id, c.quote
     ), ${TAKE_ONE_OFFS}
     select id from priced`,
    [JSON.stringify(cycles), worker]
  )
  return rows.map((row) => row.id)
}
