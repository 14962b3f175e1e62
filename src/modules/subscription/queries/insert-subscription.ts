import { generateEntityId } from "@medusajs/framework/utils"
import type {
  BillingInterval,
  CycleStatus,
  SubscriptionStatus,
} from "../../../types/subscription"
import type { Actor } from "../domain/actions/action-context"
import { isNoticed } from "../domain/notices"
import { execute } from "../../../database/execute"
import type { ModuleContext } from "../../../database/execute"

type Json = Record<string, unknown>
type Value = string | number | boolean | Json | null

/** An item of a new subscription. Times are ISO text, amounts major units. */
export type SubscriptionItemDraft = {
  product_id: string
  variant_id: string
  title: string
  quantity: number
  unit_price: number
  list_unit_price: number
  is_tax_inclusive: boolean
  /** Null where no order made the subscription. */
  origin_line_item_id: string | null
  /** Percent of tax, all rates together; null: not known. */
  tax_rate?: number | null
}

/** A cycle of a new subscription. */
export type SubscriptionCycleDraft = {
  sequence: number
  period_index: number
  status: CycleStatus
  period_start: string
  period_end: string
  due_at: string
  next_attempt_at: string | null
  amount: number | null
  order_id: string | null
  /** Null where nothing was due. */
  paid_at: string | null
  completed_at: string | null
}

/** All that one purchase says of one new subscription. */
export type SubscriptionDraft = {
  status: SubscriptionStatus
  customer_id: string
  email: string
  plan_id: string
  currency_code: string
  region_id: string
  sales_channel_id: string | null
  locale: string | null
  timezone: string
  interval: BillingInterval
  interval_count: number
  anchor_at: string
  anchor_day_of_month: number | null
  period_offset: number
  provider_id: string | null
  account_holder_id: string | null
  payment_method_id: string | null
  shipping_address: Json | null
  billing_address: Json | null
  shipping_option_id: string | null
  /** Null where no order made it. */
  origin_order_id: string | null
  /** Making one with the same key again makes none. */
  creation_key?: string | null
  /** The one that ended, and which this goes on from. */
  resubscribed_from_id?: string
  metadata?: Json | null
  started_at: string
  trial_ends_at: string | null
  min_cycles: number | null
  max_cycles: number | null
  /** Left out: each period is charged by itself. */
  prepaid_cycles?: number | null
  prepaid_left?: number
  items: SubscriptionItemDraft[]
  cycles: SubscriptionCycleDraft[]
}

/** Who made a subscription, and the event that tells of it with its entry. */
export type SubscriptionMaker = {
  actor: Actor
  event_name: string
  /** The plugin's time as ISO text: the customer may have begun before. */
  at: string
}

/**
 * Takes a cart's rows out of the work list: its order has been dealt with.
 */
export async function consumeCartItems(
  context: ModuleContext,
  cartId: string
): Promise<void> {
  await execute(
    context,
    `update portal_cart_item set deleted_at = now(), updated_at = now()
     where cart_id = ? and deleted_at is null`,
    [cartId]
  )
}

/**
 * Writes one subscription with its items, first cycles and first timeline entry,
 * unless the order has one of this plan already, or one has the same key. Unique
 * indexes decide, not a look before: a second writer waits here for the first one's transaction and
 * then writes nothing. Call it within a transaction.
 *
 * @param maker - left out: the customer, by an order whose workflow tells of it
 * @returns the new id and that of its first entry, or null where there was one
 */
export async function insertSubscription(
  context: ModuleContext,
  draft: SubscriptionDraft,
  maker?: SubscriptionMaker
): Promise<{ id: string; entry_id: string } | null> {
  const { items, cycles, ...columns } = draft
  const id = generateEntityId(undefined, "sub")
  const inserted = await insert(
    context,
    "portal_subscription",
    { id, ...columns },
    "on conflict do nothing"
  )
  if (!inserted) {
    return null
  }
  for (const item of items) {
    // An order line that already belongs to a subscription is a contradiction:
    // without `on conflict` it undoes the whole transaction.
    await insert(context, "portal_subscription_item", {
      id: generateEntityId(undefined, "subi"),
      subscription_id: id,
      ...item,
      raw_unit_price: rawAmount(item.unit_price),
      raw_list_unit_price: rawAmount(item.list_unit_price),
    })
  }
  for (const cycle of cycles) {
    await insertCycle(context, id, draft, cycle)
  }
  const entryId = generateEntityId(undefined, "sevt")
  await insert(context, "portal_subscription_event", {
    id: entryId,
    subscription_id: id,
    type: "created",
    actor_type: maker?.actor.type ?? "customer",
    actor_id: maker ? maker.actor.id : draft.customer_id,
    event_name: maker?.event_name ?? null,
    data: { order_id: draft.origin_order_id, status: draft.status },
    dedupe_key: `${id}:created`,
    notice_pending: isNoticed("created"),
    occurred_at: maker?.at ?? draft.started_at,
  })
  return { id, entry_id: entryId }
}

async function insertCycle(
  context: ModuleContext,
  subscriptionId: string,
  draft: SubscriptionDraft,
  cycle: SubscriptionCycleDraft
): Promise<void> {
  await insert(context, "portal_subscription_cycle", {
    id: generateEntityId(undefined, "scyc"),
    subscription_id: subscriptionId,
    currency_code: draft.currency_code,
    provider_id: cycle.status === "completed" ? draft.provider_id : null,
    ...cycle,
    raw_amount: cycle.amount === null ? null : rawAmount(cycle.amount),
    // The purchase is announced by `portal.subscription.created` alone.
    events_emitted_at: cycle.completed_at,
  })
}

/** What Medusa keeps beside each amount. */
function rawAmount(amount: number): Json {
  return { value: String(amount), precision: 20 }
}

/** Whether a row was written. Column names come from the types above only. */
async function insert(
  context: ModuleContext,
  table: string,
  row: Record<string, Value>,
  onConflict = ""
): Promise<boolean> {
  const columns = Object.keys(row)
  const rows = await execute<{ id: string }>(
    context,
    `insert into "${table}" (${columns.map((name) => `"${name}"`).join(", ")})
     values (${columns.map(() => "?").join(", ")})
     ${onConflict}
     returning id`,
    Object.values(row).map((value) =>
      typeof value === "object" ? value && JSON.stringify(value) : value
    )
  )
  return rows.length > 0
}
