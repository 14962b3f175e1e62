import type { SubscriptionStatus } from "../../../types/subscription"
import { execute, type ModuleContext } from "../../../database/execute"

/** Statuses in which a subscription will be charged again, or may be. */
const LIVE = `('incomplete', 'trialing', 'active', 'past_due', 'paused')`

/** Whose payment methods: one customer's at one provider's account. */
export type MethodOwner = {
  customer_id: string
  account_holder_id: string
  provider_id: string
}

/** A live subscription and what it is paid with. */
export type MethodUse = {
  id: string
  status: SubscriptionStatus
  provider_id: string
  payment_method_id: string
  plan_name: string | null
  sales_channel_id: string | null
}

/** The live subscriptions of a customer that have a payment method. */
export async function listMethodUses(
  context: ModuleContext,
  customerId: string
): Promise<MethodUse[]> {
  return await execute<MethodUse>(
    context,
    `select s.id, s.status, s.provider_id, s.payment_method_id,
            s.sales_channel_id, p.name as plan_name
       from portal_subscription s
       left join portal_subscription_plan p on p.id = s.plan_id
      where s.customer_id = ? and s.deleted_at is null
        and s.status in ${LIVE}
        and s.provider_id is not null and s.payment_method_id is not null
      order by s.created_at, s.id`,
    [customerId]
  )
}

/** A subscription that is paid with another method now. */
export type SwitchedSubscription = {
  id: string
  status: SubscriptionStatus
  sales_channel_id: string | null
  /** The cycle whose charge failed and can be tried again; null where none is. */
  failed_cycle_id: string | null
}

/**
 * Lets live subscriptions be paid with another method of the same account holder,
 * in one statement, and answers those that were not before: whoever else does the
 * same at the same moment gets an empty answer.
 *
 * @param from - only those that are paid with one of these
 * @param past_due - also those whose payment failed, whatever they are paid with
 * @param sales_channel_ids - only those of these channels; null: of all
 */
export async function switchPaymentMethod(
  context: ModuleContext,
  input: MethodOwner & {
    payment_method_id: string
    from: readonly string[]
    past_due: boolean
    sales_channel_ids: readonly string[] | null
  }
): Promise<SwitchedSubscription[]> {
  return await execute<SwitchedSubscription>(
    context,
    `update portal_subscription s
        set payment_method_id = ?, account_holder_id = ?, updated_at = now()
      where s.customer_id = ? and s.provider_id = ? and s.deleted_at is null
        and coalesce(s.account_holder_id, ?) = ?
        and s.status in ${LIVE}
        and s.payment_method_id is distinct from ?
        and (s.payment_method_id = any(?::text[])
             or (?::boolean and s.status = 'past_due'))
        and (?::text[] is null or s.sales_channel_id = any(?::text[]))
     returning s.id, s.status, s.sales_channel_id,
       (select c.id from portal_subscription_cycle c
         where c.subscription_id = s.id and c.kind = 'renewal'
           and c.status in ('retry_scheduled', 'action_required', 'uncollectible')
         order by c.sequence limit 1) as failed_cycle_id`,
    [
      input.payment_method_id,
      input.account_holder_id,
      input.customer_id,
      input.provider_id,
      input.account_holder_id,
      input.account_holder_id,
      input.payment_method_id,
      input.from,
      input.past_due,
      input.sales_channel_ids,
      input.sales_channel_ids,
    ]
  )
}

/** An account holder that live subscriptions are charged through. */
export type PayingHolder = {
  account_holder_id: string
  provider_id: string
  customer_id: string
  payment_method_ids: string[]
  sales_channel_id: string | null
  locale: string | null
}

/** A page of them, by id: those after the last one of the page before. */
export async function pagePayingHolders(
  context: ModuleContext,
  { after, limit }: { after: string; limit: number }
): Promise<PayingHolder[]> {
  return await execute<PayingHolder>(
    context,
    `select account_holder_id, min(provider_id) as provider_id,
            min(customer_id) as customer_id,
            array_agg(distinct payment_method_id) as payment_method_ids,
            min(sales_channel_id) as sales_channel_id, min(locale) as locale
       from portal_subscription
      where deleted_at is null and status in ${LIVE}
        and account_holder_id > ? and payment_method_id is not null
      group by account_holder_id
      order by account_holder_id
      limit ?`,
    [after, limit]
  )
}
