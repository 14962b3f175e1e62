/** SQL of plans: what must be decided by one statement. */
import { generateEntityId } from "@medusajs/framework/utils"
import type { PlanStatus } from "../../../types/subscription"
import type { PlanTarget } from "../domain/plan-input"
import { execute, type ModuleContext } from "../../../database/execute"

/** Statuses in which a subscription still bills or will. */
const LIVE = ["trialing", "active", "past_due", "paused"] as const

/** Whether any subscription, an ended one too, came from the plan. */
export async function isPlanUsed(
  context: ModuleContext,
  id: string
): Promise<boolean> {
  const rows = await execute(
    context,
    `select 1 from portal_subscription where plan_id = ? limit 1`,
    [id]
  )
  return rows.length > 0
}

/**
 * Offers a plan, or stops offering it.
 *
 * @returns the status before, or null where there is no such plan
 */
export async function setPlanStatus(
  context: ModuleContext,
  { id, status }: { id: string; status: PlanStatus }
): Promise<PlanStatus | null> {
  const rows = await execute<{ status: PlanStatus }>(
    context,
    `update portal_subscription_plan plan
     set status = ?,
       updated_at = case when old.status = ? then plan.updated_at else now() end
     from (select id, status from portal_subscription_plan
           where id = ? and deleted_at is null for update) old
     where plan.id = old.id
     returning old.status`,
    [status, status, id]
  )
  return rows[0]?.status ?? null
}

/** How many subscriptions of the plan still bill or will. */
export async function countLiveSubscriptions(
  context: ModuleContext,
  id: string
): Promise<number> {
  const rows = await execute<{ count: string }>(
    context,
    `select count(*) from portal_subscription
     where plan_id = ? and deleted_at is null
       and status in (${LIVE.map(() => "?").join(", ")})`,
    [id, ...LIVE]
  )
  return Number(rows[0]?.count ?? 0)
}

/**
 * Deletes a plan and its targets unless something needs it. One statement sees
 * one moment: a purchase turns a cart's row into a subscription within one
 * transaction, so the plan of a purchase under way is in use at every moment.
 *
 * @returns whether it was deleted
 */
export async function deleteUnusedPlan(
  context: ModuleContext,
  id: string
): Promise<boolean> {
  const rows = await execute(
    context,
    `delete from portal_subscription_plan plan
     where plan.id = ? and plan.deleted_at is null
       and not exists (
         select 1 from portal_subscription used where used.plan_id = plan.id)
       and not exists (
         select 1 from portal_cart_item item
         where item.plan_id = plan.id and item.deleted_at is null)
     returning id`,
    [id]
  )
  return rows.length > 0
}

/** Makes a plan's targets exactly these; those that stay keep their ids. */
export async function replaceTargets(
  context: ModuleContext,
  planId: string,
  targets: readonly PlanTarget[]
): Promise<void> {
  const wanted = JSON.stringify(
    targets.map(({ product_id, variant_id }) => ({
      id: generateEntityId(undefined, "plant"),
      product_id,
      variant_id: variant_id ?? null,
    }))
  )
  const columns = `jsonb_to_recordset(?::jsonb)
    as wanted (id text, product_id text, variant_id text)`
  await execute(
    context,
    `delete from portal_subscription_plan_target target
     where plan_id = ? and not exists (
       select 1 from ${columns}
       where wanted.product_id = target.product_id
         and wanted.variant_id is not distinct from target.variant_id)`,
    [planId, wanted]
  )
  await execute(
    context,
    `insert into portal_subscription_plan_target
       (id, plan_id, product_id, variant_id)
     select wanted.id, ?, wanted.product_id, wanted.variant_id
     from ${columns}
     on conflict do nothing`,
    [planId, wanted]
  )
}
