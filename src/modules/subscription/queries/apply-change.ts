import { generateEntityId } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"
import type { Actor } from "../domain/actions/action-context"
import type {
  CyclePatch,
  NewCycle,
  SubscriptionChange,
  SubscriptionPatch,
} from "../domain/actions/subscription-change"
import type { BillingSubscription } from "../domain/billing"
import { isNoticed } from "../domain/notices"
import { writeOneOff } from "./one-offs"
import { giveUpChange } from "./change-cycles"
import { addCredit, replaceItems } from "./write-items"

/** Columns that a change may write: the only names that go into SQL. */
const SUBSCRIPTION_COLUMNS = [
  "status",
  "paused_at",
  "resumes_at",
  "cancel_at_period_end",
  "cancel_at",
  "cancel_requested_at",
  "cancel_reason_code",
  "cancel_comment",
  "canceled_at",
  "ended_at",
  "discount_percent",
  "discount_cycles_left",
  "accepted_offer_ids",
  "plan_id",
  "interval",
  "interval_count",
  "anchor_at",
  "anchor_index",
  "anchor_day_of_month",
  "min_cycles",
  "max_cycles",
  "pending_change",
  "paid_period",
  "shipping_address",
  "shipping_option_id",
  "provider_id",
  "account_holder_id",
  "payment_method_id",
  "parked_at",
  "parked_reason",
] as const satisfies readonly (keyof SubscriptionPatch)[]

const CYCLE_COLUMNS = [
  "status",
  "period_index",
  "period_start",
  "period_end",
  "due_at",
  "next_attempt_at",
] as const satisfies readonly (keyof CyclePatch)[]

/** What follows from a new date, and nobody decides. */
const REMINDER_COLUMNS = ["reminder_planned", "remind_at"] as const

/** The change's entry in the timeline; its event is sent after the commit. */
export type AppliedChange = { entry_id: string }

/**
 * Writes a decided change of a locked subscription, its cycles and its timeline.
 * Call it within the transaction that holds the lock.
 */
export async function applyChange(
  context: ModuleContext,
  input: {
    subscription: BillingSubscription
    change: SubscriptionChange
    actor: Actor
    now: Date
  }
): Promise<AppliedChange> {
  const { subscription, change, actor, now } = input
  await update(
    context,
    "portal_subscription",
    SUBSCRIPTION_COLUMNS,
    subscription.id,
    change.subscription ?? {}
  )
  await replaceItems(context, subscription.id, change.items)
  await addCredit(context, subscription.id, change.credit_added)
  await giveUpChange(context, change.dropped_change_id)
  for (const write of change.cycles ?? []) {
    if ("add" in write) {
      await addCycle(context, subscription, write.add)
    } else if ("remove" in write) {
      await execute(
        context,
        `delete from portal_subscription_cycle
          where id = ? and status in ('scheduled', 'skipped')`,
        [write.id]
      )
    } else {
      await update(
        context,
        "portal_subscription_cycle",
        [...CYCLE_COLUMNS, ...REMINDER_COLUMNS],
        write.id,
        // A reminder belongs to the date of the charge.
        write.set.next_attempt_at === undefined
          ? write.set
          : { ...write.set, reminder_planned: false, remind_at: null }
      )
    }
  }
  for (const write of change.one_offs ?? []) {
    await writeOneOff(context, subscription.id, write)
  }
  const { type, cycle_id, data, event } = change.entry
  const entry_id = generateEntityId(undefined, "sevt")
  await execute(
    context,
    `insert into portal_subscription_event
       (id, subscription_id, cycle_id, type, actor_type, actor_id, data,
        occurred_at, event_name, notice_pending)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      entry_id,
      subscription.id,
      cycle_id ?? null,
      type,
      actor.type,
      actor.id,
      data ? JSON.stringify(data) : null,
      now,
      event ?? null,
      isNoticed(type),
    ]
  )
  return { entry_id }
}

type Value =
  string | number | boolean | Date | string[] | Record<string, unknown> | null

async function update<C extends string>(
  context: ModuleContext,
  table: string,
  columns: readonly C[],
  id: string,
  patch: Partial<Record<C, Value>>
): Promise<void> {
  const given = columns.filter((name) => patch[name] !== undefined)
  if (given.length) {
    await execute(
      context,
      `update ${table}
          set ${given.map((name) => `${name} = ?`).join(", ")}, updated_at = now()
        where id = ?`,
      [...given.map((name) => toSql(patch[name] ?? null)), id]
    )
  }
}

async function addCycle(
  context: ModuleContext,
  { id, currency_code }: BillingSubscription,
  cycle: NewCycle
): Promise<void> {
  await execute(
    context,
    `insert into portal_subscription_cycle
       (id, subscription_id, sequence, currency_code,
        ${CYCLE_COLUMNS.join(", ")})
     values (?, ?, ?, ?, ${CYCLE_COLUMNS.map(() => "?").join(", ")})`,
    [
      generateEntityId(undefined, "scyc"),
      id,
      cycle.sequence,
      currency_code,
      ...CYCLE_COLUMNS.map((name) => cycle[name]),
    ]
  )
}

/** Objects go into jsonb; dates and lists are the driver's. */
function toSql(value: Value) {
  return value === null ||
    typeof value !== "object" ||
    value instanceof Date ||
    Array.isArray(value)
    ? value
    : JSON.stringify(value)
}
