import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** The payment of a cycle: one for ever. */
export type CyclePayment = {
  id: string
  payment_session_id: string
  provider_payment_id: string | null
}

/**
 * Ties cycles to their payments. Each cycle takes the first that is offered and
 * keeps it: only a payment that stands here is ever confirmed, so whatever else a
 * crash has left at the provider stays without money.
 *
 * @returns the payments that the cycles have now
 */
export async function attachPayments(
  context: ModuleContext,
  payments: CyclePayment[]
): Promise<CyclePayment[]> {
  return await execute<CyclePayment>(
    context,
    `update portal_subscription_cycle c
     set payment_session_id = coalesce(c.payment_session_id, v.payment_session_id),
         provider_payment_id = case when c.payment_session_id is null
           then v.provider_payment_id else c.provider_payment_id end,
         updated_at = now()
     from jsonb_to_recordset(?::jsonb) as v(
       id text, payment_session_id text, provider_payment_id text
     )
     where c.id = v.id
     returning c.id, c.payment_session_id, c.provider_payment_id`,
    [JSON.stringify(payments)]
  )
}
