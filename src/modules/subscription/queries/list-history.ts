import type {
  AdminCycleView,
  AdminTimelineEntryView,
  ChargeAttemptView,
} from "../../../types/subscription-history-http"
import { execute, type ModuleContext } from "../../../database/execute"
import { within, type ReadScope } from "./read-scope"

/** Which subscription's history, and which part of it. */
export type HistoryInput = {
  scope: ReadScope
  subscription_id: string
  limit: number
  offset: number
}

type CycleRecord = Omit<AdminCycleView<Date>, "amount" | "attempts"> & {
  amount: string | null
}
type AttemptRecord = Omit<ChargeAttemptView<Date>, "amount"> & {
  cycle_id: string
  amount: string
}

/**
 * A page of a subscription's cycles with their attempts, the newest first.
 *
 * @returns null where there is no such subscription within the scope
 */
export async function listCycles(
  context: ModuleContext,
  input: HistoryInput
): Promise<{ cycles: AdminCycleView<Date>[]; count: number } | null> {
  const count = await countOf(context, "portal_subscription_cycle", input)
  if (count === null) {
    return null
  }
  const rows = await execute<CycleRecord>(
    context,
    `select id, kind, sequence, period_index, status, period_start, period_end, due_at,
            next_attempt_at, attempt, stock_waits, currency_code, amount,
            -- The id is fixed before the order is made; an id is an order's here.
            case when status = 'completed' then order_id end as order_id,
            payment_collection_id, provider_id, provider_payment_id,
            failure_code, failure_message, paid_at, completed_at
       from portal_subscription_cycle
      where subscription_id = ? and deleted_at is null
      order by sequence desc, created_at desc, id desc
      limit ? offset ?`,
    [input.subscription_id, input.limit, input.offset]
  )
  const attempts = await attemptsOf(
    context,
    rows.map(({ id }) => id)
  )
  const cycles = rows.map((row) => ({
    ...row,
    amount: row.amount === null ? null : Number(row.amount),
    attempts: attempts.get(row.id) ?? [],
  }))
  return { cycles, count }
}

/**
 * A page of a subscription's timeline, the newest first.
 *
 * @returns null where there is no such subscription within the scope
 */
export async function listTimeline(
  context: ModuleContext,
  input: HistoryInput
): Promise<{
  timeline: AdminTimelineEntryView<Date>[]
  count: number
} | null> {
  const count = await countOf(context, "portal_subscription_event", input)
  if (count === null) {
    return null
  }
  const timeline = await execute<AdminTimelineEntryView<Date>>(
    context,
    `select id, type, actor_type, actor_id, cycle_id, data, occurred_at
       from portal_subscription_event
      where subscription_id = ?
      order by occurred_at desc, id desc
      limit ? offset ?`,
    [input.subscription_id, input.limit, input.offset]
  )
  return { timeline, count }
}

/** How many rows there are, or null where the scope holds no such subscription. */
async function countOf(
  context: ModuleContext,
  table: "portal_subscription_cycle" | "portal_subscription_event",
  { scope, subscription_id }: HistoryInput
): Promise<number | null> {
  const where = within(scope)
  const [row] = await execute<{ count: number }>(
    context,
    `select (select count(*)::int from ${table} t
              where t.subscription_id = s.id and t.deleted_at is null) as count
       from portal_subscription s
      where ${where.sql} and s.id = ?`,
    [...where.values, subscription_id]
  )
  return row?.count ?? null
}

async function attemptsOf(
  context: ModuleContext,
  cycleIds: string[]
): Promise<Map<string, ChargeAttemptView<Date>[]>> {
  const byCycle = new Map<string, ChargeAttemptView<Date>[]>()
  if (!cycleIds.length) {
    return byCycle
  }
  const rows = await execute<AttemptRecord>(
    context,
    `select cycle_id, id, attempt, status, provider_id, payment_method_id, amount,
            currency_code, failure_code, failure_message, started_at, finished_at
       from portal_charge_attempt
      where cycle_id = any(?) and deleted_at is null
      order by cycle_id, attempt`,
    [cycleIds]
  )
  for (const { cycle_id, ...row } of rows) {
    const attempts = byCycle.get(cycle_id) ?? []
    attempts.push({ ...row, amount: Number(row.amount) })
    byCycle.set(cycle_id, attempts)
  }
  return byCycle
}
