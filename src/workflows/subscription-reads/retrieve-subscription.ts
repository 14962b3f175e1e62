import type { MedusaContainer } from "@medusajs/framework/types"
import { availableActions } from "../../modules/subscription/domain/available-actions"
import { oneOffViews } from "../../modules/subscription/queries/one-offs"
import { customerFailure } from "../../modules/subscription/domain/customer-history"
import { dunningOf } from "../../modules/subscription/domain/dunning"
import { dunningView } from "../../modules/subscription/domain/dunning-view"
import type {
  DetailRow,
  FoundSubscription,
} from "../../modules/subscription/queries/get-subscription"
import {
  adminView,
  customerView,
} from "../../modules/subscription/queries/subscription-row"
import type {
  AdminSubscriptionDetail,
  NextChargeSummary,
  SubscriptionDetail,
} from "../../types/subscription-http"
import type { AvailableAction } from "../../types/available-actions"
import { portalOptions } from "../portal-sessions/services"
import type { PendingChangeView } from "../../types/subscription-change-http"
import { describePaymentMethod } from "./payment-method"
import { EVERYONE, findSubscription, type CustomerScope } from "./reader"
import { nextAmount } from "./retrieve-next-charge"

type Container = MedusaContainer

/**
 * One subscription of a customer's.
 *
 * @throws `not_found`
 */
export async function retrieveCustomerSubscription(
  container: Container,
  scope: CustomerScope,
  id: string
): Promise<SubscriptionDetail<Date>> {
  const subscription = await findSubscription(container, {
    scope,
    id,
  })
  const detail = await detailOf(container, subscription)
  const { dunning } = detail
  return {
    ...customerView(subscription.row, subscription.items),
    ...detail,
    dunning: dunning && {
      ...dunning,
      failure_code: customerFailure(dunning.failure_code),
    },
  }
}

/**
 * Any one subscription.
 *
 * @throws `not_found`
 */
export async function retrieveSubscription(
  container: Container,
  id: string
): Promise<AdminSubscriptionDetail<Date>> {
  const subscription = await findSubscription(container, {
    scope: EVERYONE,
    id,
  })
  const { row, items } = subscription
  return {
    ...adminView(row, items),
    ...(await detailOf(container, subscription)),
    available_actions: actionsOf(row, { ignorePlan: true }),
    cancel_reason_code: row.cancel_reason_code,
    cancel_comment: row.cancel_comment,
    discount_percent: row.discount_percent,
    discount_cycles_left: row.discount_cycles_left,
    skipped_cycles: row.skipped_cycles,
  }
}

async function detailOf(container: Container, { row }: FoundSubscription) {
  const { renewals } = portalOptions(container)
  const [next_charge, payment_method] = await Promise.all([
    exactNextCharge(container, row),
    describePaymentMethod(container, row),
  ])
  return {
    shipping_address: row.shipping_address,
    billing_address: row.billing_address,
    min_cycles: row.min_cycles,
    max_cycles: row.max_cycles,
    paid_cycles: row.paid_cycles,
    prepaid_cycles: row.prepaid_cycles,
    prepaid_left: row.prepaid_left,
    open_cycle: openCycleOf(row),
    payment_method,
    dunning: dunningView(row, dunningOf(row, renewals)),
    one_off_items: oneOffViews(row.one_off_items),
    pending_change: pendingChangeOf(row),
    credit_balance: Number(row.credit_balance),
    available_actions: actionsOf(row),
    next_charge,
  }
}

/** The amount of the next charge as the renewal would compute it now. */
async function exactNextCharge(
  container: Container,
  row: DetailRow
): Promise<NextChargeSummary<Date> | null> {
  const { next_charge } = customerView(row)
  if (!next_charge?.is_estimate) {
    return next_charge
  }
  const amount = await nextAmount(container, row.id)
  return amount === null
    ? next_charge
    : { ...next_charge, amount, is_estimate: false }
}

function pendingChangeOf(row: DetailRow): PendingChangeView<Date> | null {
  const { pending_change: pending, change_status, change_at } = row
  if (change_status && change_at) {
    return {
      when: "now",
      status: change_status,
      amount: Number(row.change_amount ?? 0),
      requested_at: change_at,
    }
  }
  return (
    pending && {
      when: "period_end",
      effective_at: row.cycle_period_start,
      requested_at: new Date(pending.requested_at),
      plan: {
        id: pending.plan_id,
        handle: row.pending_plan_handle ?? "",
        name: row.pending_plan_name ?? "",
      },
      items: pending.items.map(
        ({ id, product_id, variant_id, title, quantity, unit_price }) => ({
          id,
          product_id,
          variant_id,
          title,
          quantity,
          unit_price,
        })
      ),
    }
  )
}

function openCycleOf(row: DetailRow): SubscriptionDetail<Date>["open_cycle"] {
  const {
    cycle_id: id,
    cycle_sequence: sequence,
    cycle_status: status,
    cycle_period_start: period_start,
    cycle_period_end: period_end,
    cycle_amount,
  } = row
  const amount = cycle_amount === null ? null : Number(cycle_amount)
  return id && sequence !== null && status && period_start && period_end
    ? { id, sequence, status, period_start, period_end, amount }
    : null
}

function actionsOf(
  row: DetailRow,
  options?: { ignorePlan: boolean }
): AvailableAction[] {
  return availableActions(
    {
      status: row.status,
      cancel_at_period_end: row.cancel_at_period_end,
      is_parked: row.parked_at !== null,
      customer_actions: row.customer_actions ?? {},
      cycle_status: row.cycle_status,
      change_status: row.change_status,
      skipped_cycles: row.skipped_cycles,
      is_prepaid: Boolean(row.prepaid_cycles),
    },
    options
  )
}
