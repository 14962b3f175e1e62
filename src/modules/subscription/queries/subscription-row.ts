import type { SubscriptionStatus } from "../../../types/subscription"
import type {
  AdminSubscriptionView,
  SubscriptionItemView,
  SubscriptionView,
} from "../../../types/subscription-http"
import { execute, type ModuleContext } from "../../../database/execute"
import { ITEMS_AMOUNT, NEXT_CHARGE_AT } from "./open-cycle"

/** The columns of a subscription in a list, with its plan and open cycle. */
export const LIST_COLUMNS = `s.id, s.status, s.currency_code, s.interval,
  s.interval_count, s.timezone, s.started_at, s.trial_ends_at,
  s.paused_at, s.resumes_at, s.cancel_at_period_end, s.cancel_at, s.canceled_at, s.ended_at,
  case when s.status = 'past_due' then s.grace_ends_at end as grace_ends_at,
  s.created_at,
  s.origin_order_id, s.resubscribed_from_id, s.customer_id, s.email, s.plan_id, s.region_id,
  s.sales_channel_id, s.provider_id, s.payment_method_id, s.parked_at,
  s.parked_reason, s.metadata, s.updated_at,
  p.handle as plan_handle, p.name as plan_name,
  c.id as cycle_id, c.amount as cycle_amount,
  ${NEXT_CHARGE_AT} as next_charge_at, ${ITEMS_AMOUNT} as items_amount`

/** A row of these columns. Numerics come as text. */
export type ListRow = Omit<
  AdminSubscriptionView<Date>,
  "plan" | "items" | "next_charge"
> & {
  status: SubscriptionStatus
  plan_handle: string | null
  plan_name: string | null
  cycle_id: string | null
  cycle_amount: string | null
  next_charge_at: Date | null
  items_amount: string | null
}

type ItemRow = Omit<SubscriptionItemView, "unit_price" | "list_unit_price"> & {
  subscription_id: string
  unit_price: string
  list_unit_price: string
}

/** The items of some subscriptions, by subscription, in one statement. */
export async function readItems(
  context: ModuleContext,
  subscriptionIds: string[]
): Promise<Map<string, SubscriptionItemView[]>> {
  const byId = new Map<string, SubscriptionItemView[]>()
  if (!subscriptionIds.length) {
    return byId
  }
  const rows = await execute<ItemRow>(
    context,
    `select subscription_id, id, product_id, variant_id, title, quantity,
            unit_price, list_unit_price, is_tax_inclusive
       from portal_subscription_item
      where subscription_id = any(?) and deleted_at is null
      order by subscription_id, id`,
    [subscriptionIds]
  )
  for (const { subscription_id, ...row } of rows) {
    const items = byId.get(subscription_id) ?? []
    items.push({
      ...row,
      unit_price: Number(row.unit_price),
      list_unit_price: Number(row.list_unit_price),
    })
    byId.set(subscription_id, items)
  }
  return byId
}

/** What a customer sees of a row. */
export function customerView(
  row: ListRow,
  items: SubscriptionItemView[] = []
): SubscriptionView<Date> {
  return {
    id: row.id,
    status: row.status,
    currency_code: row.currency_code,
    interval: row.interval,
    interval_count: row.interval_count,
    timezone: row.timezone,
    started_at: row.started_at,
    trial_ends_at: row.trial_ends_at,
    paused_at: row.paused_at,
    resumes_at: row.resumes_at,
    cancel_at_period_end: row.cancel_at_period_end,
    cancel_at: row.cancel_at,
    canceled_at: row.canceled_at,
    ended_at: row.ended_at,
    grace_ends_at: row.grace_ends_at,
    created_at: row.created_at,
    origin_order_id: row.origin_order_id,
    resubscribed_from_id: row.resubscribed_from_id,
    plan: {
      id: row.plan_id,
      handle: row.plan_handle ?? "",
      name: row.plan_name ?? "",
    },
    items,
    next_charge:
      row.next_charge_at && row.cycle_id
        ? {
            cycle_id: row.cycle_id,
            date: row.next_charge_at,
            amount: Number(row.cycle_amount ?? row.items_amount ?? 0),
            currency_code: row.currency_code,
            is_estimate: row.cycle_amount === null,
          }
        : null,
  }
}

/** What an admin sees of a row. */
export function adminView(
  row: ListRow,
  items: SubscriptionItemView[] = []
): AdminSubscriptionView<Date> {
  return {
    ...customerView(row, items),
    customer_id: row.customer_id,
    email: row.email,
    plan_id: row.plan_id,
    region_id: row.region_id,
    sales_channel_id: row.sales_channel_id,
    provider_id: row.provider_id,
    payment_method_id: row.payment_method_id,
    parked_at: row.parked_at,
    parked_reason: row.parked_reason,
    metadata: row.metadata,
    updated_at: row.updated_at,
  }
}
