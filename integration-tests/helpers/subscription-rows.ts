import { randomBytes } from "node:crypto"

import {
  newSchedule,
  cyclePeriod,
} from "../../src/modules/subscription/domain/billing-schedule"
import type { PortalTestApp } from "./app"

type Row = Record<string, unknown>
type Db = PortalTestApp["db"]

/** What a test says of a subscription; the rest is a plain monthly one. */
export type SubscriptionRowInput = {
  customer_id: string
  email?: string
  plan_id?: string
  status?: string
  started_at?: string
  /** More columns of `portal_subscription`. */
  subscription?: Row
  /** More columns of the open cycle; null: there is none. */
  open_cycle?: Row | null
  /** Finished periods, the one at checkout included. Default: 1. */
  finished?: number
  items?: {
    product_id?: string
    variant_id?: string
    quantity?: number
    unit_price?: number
  }[]
}

const newId = (prefix: string) => `${prefix}_${randomBytes(8).toString("hex")}`

/** Every action is allowed. */
export const ALL_ACTIONS = {
  cancel: true,
  pause: true,
  skip: true,
  reschedule: true,
  order_now: true,
  change_plan: true,
  change_items: true,
  change_address: true,
  change_payment_method: true,
}

/** Writes a plan straight into its table. */
export async function insertPlanRow(
  db: Db,
  columns: Row = {}
): Promise<string> {
  const id = newId("plan")
  await insert(db, "portal_subscription_plan", {
    id,
    handle: id,
    name: "Monthly",
    interval: "month",
    customer_actions: JSON.stringify(ALL_ACTIONS),
    ...columns,
  })
  return id
}

/**
 * Writes a subscription with items and cycles straight into its tables: for tests
 * of reads, which need many and do not care how they came to be.
 */
export async function insertSubscriptionRow(
  db: Db,
  input: SubscriptionRowInput
): Promise<{ id: string; cycle_ids: string[] }> {
  const id = newId("sub")
  const started = new Date(input.started_at ?? "2030-01-31T10:00:00.000Z")
  const rule = {
    timezone: "UTC",
    interval: "month" as const,
    interval_count: 1,
  }
  const schedule = newSchedule({
    ...rule,
    started_at: started,
    trial_days: 0,
    anchor_type: "purchase",
    anchor_day: null,
  })
  const { anchor_at, anchor_day_of_month, period_offset } = schedule
  await insert(db, "portal_subscription", {
    id,
    status: input.status ?? "active",
    customer_id: input.customer_id,
    email: input.email ?? "reader@shop.test",
    plan_id: input.plan_id ?? (await insertPlanRow(db)),
    currency_code: "eur",
    region_id: "reg_test",
    ...rule,
    anchor_at,
    anchor_day_of_month,
    period_offset,
    origin_order_id: newId("order"),
    started_at: started,
    created_at: started,
    ...input.subscription,
  })
  for (const item of input.items ?? [{}]) {
    const price = item.unit_price ?? 10
    await insert(db, "portal_subscription_item", {
      id: newId("subi"),
      subscription_id: id,
      product_id: item.product_id ?? "prod_test",
      variant_id: item.variant_id ?? "variant_test",
      title: "Coffee",
      quantity: item.quantity ?? 1,
      unit_price: price,
      raw_unit_price: JSON.stringify({ value: String(price) }),
      list_unit_price: price,
      raw_list_unit_price: JSON.stringify({ value: String(price) }),
      is_tax_inclusive: true,
      origin_line_item_id: newId("ordli"),
    })
  }

  const finished = input.finished ?? 1
  const cycle_ids: string[] = []
  for (let n = 0; n < finished + (input.open_cycle === null ? 0 : 1); n += 1) {
    const { start, end } = cyclePeriod(
      { ...rule, anchor_at, anchor_day_of_month },
      n
    )
    const isOpen = n === finished
    const cycleId = newId("scyc")
    cycle_ids.push(cycleId)
    await insert(db, "portal_subscription_cycle", {
      id: cycleId,
      subscription_id: id,
      sequence: n,
      period_index: n,
      period_start: start,
      period_end: end,
      due_at: start,
      currency_code: "eur",
      ...(isOpen
        ? { status: "scheduled", next_attempt_at: start, ...input.open_cycle }
        : {
            status: "completed",
            amount: 10,
            raw_amount: JSON.stringify({ value: "10" }),
            order_id: newId("order"),
            paid_at: start,
            completed_at: start,
          }),
    })
  }
  return { id, cycle_ids }
}

/** Writes timeline entries, the first the oldest. */
export async function insertEventRows(
  db: Db,
  subscriptionId: string,
  entries: Row[]
): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    await insert(db, "portal_subscription_event", {
      id: newId("sevt"),
      subscription_id: subscriptionId,
      type: "renewed",
      actor_type: "system",
      occurred_at: new Date(Date.UTC(2030, 0, 1 + index)),
      ...entry,
    })
  }
}

/** Writes one row of a table. */
export async function insert(db: Db, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row)
  await db(
    `insert into ${table} (${columns.map((column) => `"${column}"`).join(", ")})
     values (${columns.map(() => "?").join(", ")})`,
    Object.values(row)
  )
}
