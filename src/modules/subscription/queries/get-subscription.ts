import type {
  BillingInterval,
  CancellationReason,
  CustomerActions,
  CycleStatus,
} from "../../../types/subscription"
import type { DunningPolicy } from "../../../types/dunning"
import type { FailedCharge } from "../domain/dunning-view"
import { execute, type ModuleContext } from "../../../database/execute"
import { OPEN_CYCLE, PAID_CYCLES, SKIPPED_CYCLES } from "./open-cycle"
import { SHOWN_ONE_OFFS } from "./one-offs"
import type { PendingChange } from "../domain/change/terms"
import { within, type ReadScope } from "./read-scope"
import { LIST_COLUMNS, readItems, type ListRow } from "./subscription-row"
import type { OneOffItemView } from "../../../types/one-off-http"
import type { SubscriptionItemView } from "../../../types/subscription-http"

/** A row of one subscription: that of a list and what only a page of it shows. */
export type DetailRow = ListRow & {
  interval: BillingInterval
  anchor_at: Date
  anchor_day_of_month: number | null
  anchor_index: number
  pending_change: PendingChange | null
  pending_plan_handle: string | null
  pending_plan_name: string | null
  credit_balance: string
  /** The change whose charge is open. */
  change_status: CycleStatus | null
  change_amount: string | null
  change_at: Date | null
  account_holder_id: string | null
  shipping_address: Record<string, unknown> | null
  billing_address: Record<string, unknown> | null
  min_cycles: number | null
  max_cycles: number | null
  prepaid_cycles: number | null
  prepaid_left: number
  paid_cycles: number
  cancel_reason_code: CancellationReason | null
  cancel_comment: string | null
  discount_percent: number | null
  discount_cycles_left: number | null
  customer_actions: Partial<CustomerActions> | null
  one_off_items: OneOffItemView[] | null
  /** Coming periods that are left out. */
  skipped_cycles: number
  cycle_sequence: number | null
  cycle_period_index: number | null
  cycle_status: CycleStatus | null
  cycle_period_start: Date | null
  cycle_period_end: Date | null
  dunning: Partial<DunningPolicy> | null
} & FailedCharge

export type FoundSubscription = {
  row: DetailRow
  items: SubscriptionItemView[]
}

/**
 * One subscription in two statements.
 *
 * @returns null where there is none within the scope
 */
export async function getSubscription(
  context: ModuleContext,
  input: { scope: ReadScope; id: string; now: Date }
): Promise<FoundSubscription | null> {
  const where = within(input.scope)
  const [row] = await execute<DetailRow>(
    context,
    `select ${LIST_COLUMNS}, s.anchor_at, s.anchor_day_of_month,
            s.anchor_index, s.pending_change, s.credit_balance,
            pp.handle as pending_plan_handle, pp.name as pending_plan_name,
            ch.status as change_status, ch.amount as change_amount,
            ch.due_at as change_at,
            s.account_holder_id, s.shipping_address, s.billing_address,
            s.min_cycles, s.max_cycles, s.prepaid_cycles, s.prepaid_left, s.cancel_reason_code, s.cancel_comment,
            s.discount_percent, s.discount_cycles_left, p.customer_actions,
            c.sequence as cycle_sequence, c.period_index as cycle_period_index,
            c.status as cycle_status, c.period_start as cycle_period_start,
            c.period_end as cycle_period_end,
            c.failure_code as cycle_failure_code,
            c.next_attempt_at as cycle_next_attempt_at,
            c.blocked_method as cycle_blocked_method, p.dunning,
            tries.declines, tries.first_failed_at,
            ${PAID_CYCLES} as paid_cycles,
            ${SHOWN_ONE_OFFS} as one_off_items,
            ${SKIPPED_CYCLES} as skipped_cycles
       from portal_subscription s
       left join portal_subscription_plan p on p.id = s.plan_id
       left join portal_subscription_plan pp
         on pp.id = s.pending_change->>'plan_id'
       ${OPEN_CYCLE}
       left join lateral (
         select count(*) filter (where not a.on_demand)::int as declines,
                min(a.started_at) as first_failed_at
           from portal_charge_attempt a
          where a.cycle_id = c.id and a.status = 'declined'
       ) tries on true
       left join portal_subscription_cycle ch on ch.id = c.held_by
      where ${where.sql} and s.id = ?`,
    [input.now, ...where.values, input.id]
  )
  if (!row) {
    return null
  }
  const items = await readItems(context, [row.id])
  return { row, items: items.get(row.id) ?? [] }
}
