/** Reading a plan to change it, and writing it, each in one statement. */
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../../errors/portal-error"
import type {
  CustomerActions,
  PlanStatus,
  SubscriptionPlanDTO,
} from "../../../types/subscription"
import {
  assertPlan,
  assertTargets,
  changedFixedFields,
  completeActions,
  type PlanTarget,
  type PlanTerms,
} from "../domain/plan-input"
import { execute, type ModuleContext } from "../../../database/execute"
import { isPlanUsed, replaceTargets } from "./plans"
import { recheckPlan } from "./memberships"
import { replanReminders } from "./reminders"

/** The columns that a merchant writes: the only names that go into SQL. */
const COLUMNS = [
  "handle",
  "name",
  "description",
  "interval",
  "interval_count",
  "first_discount",
  "recurring_discount",
  "setup_fee",
  "trial_days",
  "trial_requires_payment_method",
  "min_cycles",
  "max_cycles",
  "anchor_type",
  "anchor_day",
  "price_policy",
  "stock_policy",
  "stock_wait_days",
  "missed_period_policy",
  "customer_actions",
  "action_limits",
  "retention_offers",
  "reminder_days",
  "prepaid_cycles",
  "prepaid_renews",
  "customer_group_id",
  "entitlements",
  "meters",
  "dunning",
  "metadata",
] as const satisfies readonly (keyof PlanTerms)[]

/** A plan with its targets, as it stands in the tables. */
export type PlanRow = SubscriptionPlanDTO &
  Required<Pick<SubscriptionPlanDTO, "targets">>

export type NewPlan = PlanTerms & {
  /** Given where a deleted plan is put back. */
  id?: string
  status?: PlanStatus
  targets: readonly PlanTarget[]
}

/** Fields to change; of the actions those that are named. */
export type PlanChanges = Omit<Partial<PlanTerms>, "customer_actions"> & {
  customer_actions?: Partial<CustomerActions>
}

export type PlanUpdate = {
  id: string
  changes: PlanChanges
  /** Left out: the targets stay. */
  targets?: readonly PlanTarget[]
}

/** A plan with its targets, or null where there is none. */
export async function findPlan(
  context: ModuleContext,
  id: string,
  lock: "" | "for update of plan" = ""
): Promise<PlanRow | null> {
  const [row] = await execute<PlanRow>(
    context,
    `select plan.*, coalesce((
       select jsonb_agg(jsonb_build_object('id', target.id,
         'product_id', target.product_id, 'variant_id', target.variant_id)
         order by target.id)
       from portal_subscription_plan_target target
       where target.plan_id = plan.id and target.deleted_at is null
     ), '[]'::jsonb) as targets
     from portal_subscription_plan plan
     where plan.id = ? and plan.deleted_at is null
     ${lock}`,
    [id]
  )
  return row ?? null
}

/**
 * Writes a new plan. Of many that come at once with one handle the unique index
 * lets one in. Call it within a transaction.
 *
 * @returns the new plan's id
 * @throws `validation_failed`, `already_exists`
 */
export async function insertPlan(
  context: ModuleContext,
  { id, status, targets, ...terms }: NewPlan
): Promise<string> {
  assertPlan(terms)
  assertTargets(targets)
  const [row] = await execute<{ id: string }>(
    context,
    `insert into portal_subscription_plan
       (id, status, ${COLUMNS.map((name) => `"${name}"`).join(", ")})
     values (?, ?, ${COLUMNS.map(() => "?").join(", ")})
     on conflict (handle) where deleted_at is null do nothing
     returning id`,
    [
      id ?? generateEntityId(undefined, "plan"),
      status ?? "active",
      ...COLUMNS.map((name) => toSql(terms[name])),
    ]
  )
  if (!row) {
    throw handleTaken(terms.handle)
  }
  await replaceTargets(context, row.id, targets)
  return row.id
}

/**
 * Changes a plan. The rules are judged on the plan as it would be, under the lock,
 * so that two changes at once cannot end in a plan that neither of them meant.
 * Call it within a transaction.
 *
 * @returns the plan before
 * @throws `not_found`, `validation_failed`, `already_exists`, `plan_terms_fixed`
 */
export async function updatePlan(
  context: ModuleContext,
  { id, changes: { customer_actions, ...changes }, targets }: PlanUpdate
): Promise<PlanRow> {
  // The lock lets two writers of one plan come one after the other.
  const before = await findPlan(context, id, "for update of plan")
  if (!before) {
    throw portalError("not_found", { message: "There is no such plan." })
  }
  const fixed = changedFixedFields(before, changes)
  if (fixed.length && (await isPlanUsed(context, id))) {
    throw portalError("plan_terms_fixed", { details: { fields: fixed } })
  }
  await writePlan(context, {
    ...before,
    ...changes,
    customer_actions: completeActions(
      customer_actions,
      before.customer_actions
    ),
  })
  const { reminder_days: days } = changes
  if (days !== undefined && days !== before.reminder_days) {
    await replanReminders(context, id)
  }
  const { customer_group_id: group } = changes
  if (group !== undefined && group !== before.customer_group_id) {
    await recheckPlan(context, id)
  }
  if (targets) {
    assertTargets(targets)
    await replaceTargets(context, id, targets)
  }
  return before
}

/** Puts all of a plan back to what it was, targets and status included. */
export async function restorePlan(
  context: ModuleContext,
  before: PlanRow
): Promise<void> {
  await writePlan(context, before)
  await replaceTargets(context, before.id, before.targets)
  await recheckPlan(context, before.id)
}

async function writePlan(context: ModuleContext, plan: PlanRow): Promise<void> {
  assertPlan(plan)
  try {
    await execute(
      context,
      `update portal_subscription_plan
       set status = ?, updated_at = now(),
         ${COLUMNS.map((name) => `"${name}" = ?`).join(", ")}
       where id = ?`,
      [plan.status, ...COLUMNS.map((name) => toSql(plan[name])), plan.id]
    )
  } catch (error) {
    // The handle is all that is unique and may change.
    if ((error as { code?: unknown }).code === "23505") {
      throw handleTaken(plan.handle)
    }
    throw error
  }
}

function handleTaken(handle: string) {
  return portalError("already_exists", {
    message: `There is a plan with the handle "${handle}" already.`,
    details: { handle },
  })
}

function toSql(value: PlanTerms[(typeof COLUMNS)[number]]) {
  return typeof value === "object" && value !== null
    ? JSON.stringify(value)
    : value
}
