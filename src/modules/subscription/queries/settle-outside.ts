import { execute, type ModuleContext } from "../../../database/execute"

/**
 * Takes the payment of a claimed cycle away and lets it be settled with Medusa's
 * stand-in for a provider, which moves no money: it was paid elsewhere.
 *
 * @returns whether this worker still has the cycle
 */
export async function settleOutside(
  context: ModuleContext,
  input: { worker: string; cycle_id: string; provider_id: string }
): Promise<boolean> {
  const rows = await execute<{ id: string }>(
    context,
    `update portal_subscription_cycle
        set provider_id = ?, payment_collection_id = null,
            payment_session_id = null, provider_payment_id = null,
            updated_at = now()
      where id = ? and claimed_by = ? and status = 'claimed'
     returning id`,
    [input.provider_id, input.cycle_id, input.worker]
  )
  return rows.length > 0
}
