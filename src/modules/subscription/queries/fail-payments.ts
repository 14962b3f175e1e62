import { subscriptionMachine } from "../domain/subscription-machine"
import type { SubscriptionEvent } from "../domain/subscription-machine"
import { execute } from "./execute"
import type { ModuleContext } from "./execute"

/** What a refused charge means for its subscription. */
export type PaymentFailure = {
  subscription_id: string
  event: Extract<SubscriptionEvent, "fail_payment" | "pause" | "cancel">
}

/** Moves subscriptions whose charge was refused, as their state allows. */
export async function failPayments(
  context: ModuleContext,
  now: Date,
  failures: PaymentFailure[]
): Promise<void> {
  const changes = failures.flatMap(({ subscription_id, event }) =>
    subscriptionMachine.sources(event).map((from) => ({
      subscription_id,
      from_status: from,
      to_status: subscriptionMachine.next(from, event),
    }))
  )
  await execute(
    context,
    `update portal_subscription s
     set status = v.to_status, updated_at = now(),
         canceled_at = case when v.to_status = 'canceled' then ? else s.canceled_at end,
         ended_at = case when v.to_status = 'canceled' then ? else s.ended_at end
     from jsonb_to_recordset(?::jsonb) as v(
       subscription_id text, from_status text, to_status text
     )
     where s.id = v.subscription_id and s.status = v.from_status
       and s.status <> v.to_status`,
    [now, now, JSON.stringify(changes)]
  )
}

/** How often a cycle was declined, and when first. */
export type DeclineHistory = {
  declines: number
  first_declined_at: Date | null
}

/** Counts the declined attempts of a cycle; lost and unsent ones do not count. */
export async function declineHistory(
  context: ModuleContext,
  cycleId: string
): Promise<DeclineHistory> {
  const [row] = await execute<DeclineHistory>(
    context,
    `select count(*)::int as declines, min(finished_at) as first_declined_at
     from portal_charge_attempt
     where cycle_id = ? and status = 'declined'`,
    [cycleId]
  )
  return row ?? { declines: 0, first_declined_at: null }
}
