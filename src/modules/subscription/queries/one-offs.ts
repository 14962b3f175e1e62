import { execute, type ModuleContext } from "../../../database/execute"
import { portalError } from "../../../errors/portal-error"
import type { OneOffWrite } from "../domain/actions/add-once"
import type { OneOffItemView } from "../../../types/one-off-http"

/**
 * Whether a line (`o`) waits for a charge: no period took it, or the one that did
 * was left out or canceled and can no longer be paid.
 */
const IS_WAITING = `(o.cycle_id is null or exists (
    select 1 from portal_subscription_cycle gone
     where gone.id = o.cycle_id and gone.status in ('skipped', 'canceled')
       and (gone.payment_session_id is null or gone.payment_voided_at is not null)
  ))`

/** The lines that wait for the next charge of a subscription (`s`), as JSON. */
export const WAITING_ONE_OFFS = `(select jsonb_agg(jsonb_build_object(
      'id', o.id, 'product_id', o.product_id, 'variant_id', o.variant_id,
      'title', o.title, 'quantity', o.quantity
    ) order by o.created_at, o.id)
    from portal_subscription_one_off o
   where o.subscription_id = s.id and ${IS_WAITING})`

/** Those, and the ones of the charge that is open (`c`), as a page shows them. */
export const SHOWN_ONE_OFFS = `(select jsonb_agg(jsonb_build_object(
      'id', o.id, 'product_id', o.product_id, 'variant_id', o.variant_id,
      'title', o.title, 'quantity', o.quantity, 'created_at', o.created_at,
      'cycle_id', case when o.cycle_id = c.id then o.cycle_id end
    ) order by o.created_at, o.id)
    from portal_subscription_one_off o
   where o.subscription_id = s.id and (o.cycle_id = c.id or ${IS_WAITING}))`

/** A row of {@link SHOWN_ONE_OFFS}: instants are text in JSON. */
export function oneOffViews(
  rows: OneOffItemView[] | null
): OneOffItemView<Date>[] {
  return (rows ?? []).map((row) => ({
    ...row,
    created_at: new Date(row.created_at),
  }))
}

/** Whether all one-off lines of a quote (`v.quote`) can still be taken. */
export const CAN_TAKE_ONE_OFFS = `not exists (
    select 1 from jsonb_array_elements(v.quote->'items') line
     where line->>'one_off_id' is not null
       and not exists (
         select 1 from portal_subscription_one_off o
          where o.id = line->>'one_off_id' and ${IS_WAITING}
       )
  )`

/**
 * Ties the one-off lines of quotes that are stored now (`priced`, with `id` and
 * `quote`) to their periods: from here on no other charge has them.
 */
export const TAKE_ONE_OFFS = `taken_one_offs as (
    update portal_subscription_one_off o
       set cycle_id = priced.id, updated_at = now()
      from priced, jsonb_array_elements(priced.quote->'items') line
     where o.id = line->>'one_off_id' and o.cycle_id is distinct from priced.id
  )`

/**
 * Writes what an action decided about one-off lines. Call it within the
 * transaction that holds the subscription's lock.
 *
 * @throws `not_found` where the line to remove does not wait
 */
export async function writeOneOff(
  context: ModuleContext,
  subscriptionId: string,
  write: OneOffWrite
): Promise<void> {
  if ("add" in write) {
    const { id, product_id, variant_id, title, quantity } = write.add
    await execute(
      context,
      `insert into portal_subscription_one_off
         (id, subscription_id, product_id, variant_id, title, quantity)
       values (?, ?, ?, ?, ?, ?)`,
      [id, subscriptionId, product_id, variant_id, title, quantity]
    )
    return
  }
  const removed = await execute<{ id: string }>(
    context,
    `delete from portal_subscription_one_off o
      where o.id = ? and o.subscription_id = ? and ${IS_WAITING}
      returning o.id`,
    [write.remove, subscriptionId]
  )
  if (!removed.length) {
    throw portalError("not_found")
  }
}
