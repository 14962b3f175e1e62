import { execute, type ModuleContext } from "../../../database/execute"
import type { BillingItem } from "../domain/billing"

/**
 * Makes a list of items all that a subscription has: known ids are updated, new
 * ones inserted, and what is missing is deleted. Call it under the lock.
 */
export async function replaceItems(
  context: ModuleContext,
  subscriptionId: string,
  items: BillingItem[] | undefined
): Promise<void> {
  if (!items) {
    return
  }
  await execute(
    context,
    `with wanted as (
       select * from jsonb_to_recordset(?::jsonb) as v(
         id text, product_id text, variant_id text, title text,
         quantity integer, unit_price text, list_unit_price text,
         is_tax_inclusive boolean
       )
     ), gone as (
       update portal_subscription_item i
          set deleted_at = now(), updated_at = now()
        where i.subscription_id = ? and i.deleted_at is null
          and not exists (select 1 from wanted v where v.id = i.id)
     )
     insert into portal_subscription_item (
       id, subscription_id, product_id, variant_id, title, quantity,
       unit_price, raw_unit_price, list_unit_price, raw_list_unit_price,
       is_tax_inclusive
     )
     select v.id, ?, v.product_id, v.variant_id, v.title, v.quantity,
            v.unit_price::numeric,
            jsonb_build_object('value', v.unit_price, 'precision', 20),
            v.list_unit_price::numeric,
            jsonb_build_object('value', v.list_unit_price, 'precision', 20),
            v.is_tax_inclusive
       from wanted v
     on conflict (id) do update
        set product_id = excluded.product_id, variant_id = excluded.variant_id,
            title = excluded.title, quantity = excluded.quantity,
            unit_price = excluded.unit_price,
            raw_unit_price = excluded.raw_unit_price,
            list_unit_price = excluded.list_unit_price,
            raw_list_unit_price = excluded.raw_list_unit_price,
            is_tax_inclusive = excluded.is_tax_inclusive,
            deleted_at = null, updated_at = now()
      where portal_subscription_item.subscription_id = excluded.subscription_id`,
    [JSON.stringify(items), subscriptionId, subscriptionId]
  )
}

/**
 * Moves a credit balance, never below 0.
 *
 * @param added - major units; below 0: a charge that was paid took it
 */
export async function addCredit(
  context: ModuleContext,
  subscriptionId: string,
  added = 0
): Promise<void> {
  if (added === 0) {
    return
  }
  await execute(
    context,
    `update portal_subscription s
        set credit_balance = v.balance, updated_at = now(),
            raw_credit_balance = jsonb_build_object(
              'value', v.balance::text, 'precision', 20)
       from (select id, greatest(credit_balance + ?::numeric, 0) as balance
               from portal_subscription where id = ?) v
      where s.id = v.id`,
    [String(added), subscriptionId]
  )
}
