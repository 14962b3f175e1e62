import { execute, type ModuleContext } from "../../../database/execute"
import type { CycleRow } from "../domain/billing"

/** Canceled cycles whose payment may still be completed at the provider. */
export async function listUnvoidedCycles(
  context: ModuleContext,
  input: { limit: number; exclude: string[]; subscription_id?: string }
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    // The condition is that of the partial index, word for word.
    `select * from portal_subscription_cycle
      where status = 'canceled' and payment_session_id is not null
        and payment_voided_at is null
        and id <> all(?::text[])
        and (?::text is null or subscription_id = ?)
      order by updated_at
      limit ?`,
    [
      input.exclude,
      input.subscription_id ?? null,
      input.subscription_id ?? null,
      input.limit,
    ]
  )
}

/** Notes that the provider completes these payments no more. */
export async function markVoided(
  context: ModuleContext,
  ids: string[]
): Promise<void> {
  await execute(
    context,
    `update portal_subscription_cycle
        set payment_voided_at = now(), updated_at = now()
      where id = any(?::text[]) and status = 'canceled'`,
    [ids]
  )
}
