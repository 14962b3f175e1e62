import type {
  CycleStatus,
  SubscriptionStatus,
} from "../../../types/subscription"
import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

/** Why a claimed cycle is not charged. */
export type ClosedCycle = {
  id: string
  subscription_id: string
  status: Extract<
    CycleStatus,
    "skipped" | "canceled" | "retry_scheduled" | "uncollectible"
  >
  next_attempt_at: Date | null
  failure_code: string | null
  /** Stock is waited for one more day. */
  stock_wait: boolean
  /** The status that the subscription goes into; null leaves it. */
  subscription_status: SubscriptionStatus | null
  parked_reason: string | null
}

/**
 * Ends the work on claimed cycles that are not charged, with what follows for
 * their subscriptions, in one statement.
 */
export async function closeClaimed(
  context: ModuleContext,
  input: { worker: string; now: Date; cycles: ClosedCycle[] }
): Promise<void> {
  await execute(
    context,
    `with closing as (
       select * from jsonb_to_recordset(?::jsonb) as v(
         id text, subscription_id text, status text, next_attempt_at timestamptz,
         failure_code text, stock_wait boolean, subscription_status text,
         parked_reason text
       )
     ), closed as (
       update portal_subscription_cycle c
       set status = v.status, next_attempt_at = v.next_attempt_at,
           failure_code = v.failure_code, claimed_by = null, claimed_until = null,
           stock_waits = c.stock_waits + case when v.stock_wait then 1 else 0 end,
           updated_at = now()
       from closing v
       where c.id = v.id and c.status in ('claimed', 'priced') and c.claimed_by = ?
       returning c.id
     )
     update portal_subscription s
     set status = coalesce(v.subscription_status, s.status),
         parked_at = case when v.parked_reason is null then s.parked_at else ? end,
         parked_reason = coalesce(v.parked_reason, s.parked_reason),
         paused_at = case when v.subscription_status = 'paused'
           then coalesce(s.paused_at, ?) else s.paused_at end,
         canceled_at = case when v.subscription_status = 'canceled'
           then coalesce(s.canceled_at, ?) else s.canceled_at end,
         ended_at = case when v.subscription_status in ('canceled', 'expired')
           then coalesce(s.ended_at, ?) else s.ended_at end,
         pending_change = case when v.subscription_status in ('canceled', 'expired')
           then null else s.pending_change end,
         updated_at = now()
     from closing v
     join closed on closed.id = v.id
     where s.id = v.subscription_id
       and (v.subscription_status is not null or v.parked_reason is not null)
       and s.status not in ('canceled', 'expired')`,
    [
      JSON.stringify(input.cycles),
      input.worker,
      input.now,
      input.now,
      input.now,
      input.now,
    ]
  )
}
