/** The charges of changes: cycles that are no periods. */
import { generateEntityId, MedusaError } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"
import type { Actor } from "../domain/actions/action-context"
import type { SubscriptionChange } from "../domain/actions/subscription-change"
import type { CycleRow } from "../domain/billing"
import type { StoredChange } from "../domain/change/stored-change"
import type { CycleQuote } from "../../../types/quote"
import type { Claim } from "./claim-cycles"

/** The charge of a change, priced. */
export type NewChangeCharge = {
  quote: CycleQuote
  order_id: string
  payment_collection_id: string | null
  provider_id: string | null
  period_start: Date
  period_end: Date
  write: SubscriptionChange
}

/**
 * Opens the charge of a change, and holds the period that comes next until it is
 * over, in one statement. The worker that makes it charges it: no run takes it.
 * The unique index refuses a second one. Call it under the subscription's lock.
 */
export async function insertChangeCycle(
  context: ModuleContext,
  input: Claim & {
    next: CycleRow
    now: Date
    actor: Actor
    charge: NewChangeCharge
  }
): Promise<CycleRow> {
  const { next, charge, actor, now } = input
  const amount = String(charge.quote.amount)
  const stored: StoredChange = { write: charge.write, actor }
  const id = generateEntityId(undefined, "scyc")
  const [row] = await execute<CycleRow>(
    context,
    `with held as (
       update portal_subscription_cycle
          set held_by = ?, updated_at = now()
        where id = ?
     )
     insert into portal_subscription_cycle (
       id, subscription_id, kind, change, sequence, period_index, status,
       period_start, period_end, due_at, claimed_by, claimed_until,
       currency_code, amount, raw_amount, quote, order_id,
       payment_collection_id, provider_id
     ) values (?, ?, 'change', ?, ?, ?, 'priced', ?, ?, ?, ?,
               now() + make_interval(secs => ?), ?, ?::numeric,
               jsonb_build_object('value', ?::text, 'precision', 20), ?, ?, ?, ?)
     returning *`,
    [
      id,
      next.id,
      id,
      next.subscription_id,
      JSON.stringify(stored),
      next.sequence,
      next.period_index,
      charge.period_start,
      charge.period_end,
      now,
      input.worker,
      input.leaseSeconds,
      next.currency_code,
      amount,
      amount,
      JSON.stringify(charge.quote),
      charge.order_id,
      charge.payment_collection_id,
      charge.provider_id,
    ]
  )
  if (!row) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "The charge of a change was not written."
    )
  }
  return row
}

/** Gives up a change whose charge is open, and lets the next period go on. */
export async function giveUpChange(
  context: ModuleContext,
  id: string | undefined
): Promise<void> {
  if (id === undefined) {
    return
  }
  await execute(
    context,
    `with dropped as (
       update portal_subscription_cycle
          set status = 'canceled', claimed_by = null, claimed_until = null,
              updated_at = now()
        where id = ? and kind = 'change' and status = 'action_required'
       returning id
     )
     update portal_subscription_cycle c
        set held_by = null, updated_at = now()
       from dropped
      where c.held_by = dropped.id`,
    [id]
  )
}

/** Lets the period go on that a change held. */
export async function freeHeld(
  context: ModuleContext,
  changeId: string
): Promise<void> {
  await execute(
    context,
    `update portal_subscription_cycle
        set held_by = null, updated_at = now()
      where held_by = ?`,
    [changeId]
  )
}

/** A change that waits for the customer's bank. */
export type UnconfirmedChange = { id: string; subscription_id: string }

/** Those that have waited since before a moment, the oldest first. */
export async function listUnconfirmedChanges(
  context: ModuleContext,
  input: { before: Date; limit: number; exclude: string[] }
): Promise<UnconfirmedChange[]> {
  return await execute<UnconfirmedChange>(
    context,
    // The condition is that of the partial index, word for word.
    `select id, subscription_id from portal_subscription_cycle
      where kind = 'change' and status = 'action_required'
        and due_at < ? and id <> all(?::text[])
      order by due_at
      limit ?`,
    [input.before, input.exclude, input.limit]
  )
}

/** The paid periods of a subscription that are not over, the first first. */
export async function listPaidPeriods(
  context: ModuleContext,
  input: { subscription_id: string; now: Date }
): Promise<CycleRow[]> {
  return await execute<CycleRow>(
    context,
    `select * from portal_subscription_cycle
      where subscription_id = ? and kind = 'renewal'
        and status in ('paid', 'completed') and period_end > ?
      order by sequence`,
    [input.subscription_id, input.now]
  )
}
