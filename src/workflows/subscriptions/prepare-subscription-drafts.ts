import {
  cyclePeriod,
  newSchedule,
  type NewSchedule,
} from "../../modules/subscription/domain/billing-schedule"
import { agreedLength } from "../../modules/subscription/domain/prepaid"
import type {
  SubscriptionCycleDraft,
  SubscriptionDraft,
} from "../../modules/subscription/queries/insert-subscription"
import { currencyDecimals, roundMoney } from "../../shared/money"
import type {
  SubscriptionPlanDTO,
  SubscriptionStatus,
} from "../../types/subscription"
import { SETUP_FEE_POINTER } from "../carts/line-data"
import { matchOrderLines, type MatchedLine } from "./match-order-lines"
import type { PaymentSource, Purchase } from "./purchase"

/**
 * The subscriptions that an order makes: one for each plan, with a line each for
 * what was bought under it. Pure: the same order always gives the same.
 */
export function prepareSubscriptionDrafts(
  purchase: Purchase,
  payment: PaymentSource
): SubscriptionDraft[] {
  const matched = matchOrderLines(purchase.lines, purchase.rows)
  return purchase.plans.flatMap((plan) => {
    const bought = matched.filter(({ row }) => row.plan_id === plan.id)
    return bought.length ? [draftOf(purchase, payment, plan, bought)] : []
  })
}

function draftOf(
  purchase: Purchase,
  payment: PaymentSource,
  plan: SubscriptionPlanDTO,
  bought: MatchedLine[]
): SubscriptionDraft {
  const rule = {
    timezone: purchase.timezone,
    interval: plan.interval,
    interval_count: plan.interval_count,
  }
  const trialDays = Math.max(...bought.map(({ row }) => row.trial_days))
  const prepaid =
    Math.max(...bought.map(({ row }) => row.prepaid_cycles ?? 0)) || null
  const schedule = newSchedule({
    ...rule,
    started_at: new Date(purchase.started_at),
    // As agreed in the cart: the plan may have been changed since.
    trial_days: trialDays,
    anchor_type: plan.anchor_type,
    anchor_day: plan.anchor_day,
  })
  const { provider_id, account_holder_id, payment_method_id } = payment
  return {
    status: statusOf(trialDays > 0, plan, payment),
    customer_id: purchase.customer_id,
    email: purchase.email,
    plan_id: plan.id,
    currency_code: purchase.currency_code,
    region_id: purchase.region_id,
    sales_channel_id: purchase.sales_channel_id,
    locale: purchase.locale,
    ...rule,
    anchor_at: schedule.anchor_at.toISOString(),
    anchor_day_of_month: schedule.anchor_day_of_month,
    period_offset: schedule.period_offset,
    provider_id,
    account_holder_id,
    payment_method_id,
    shipping_address: purchase.shipping_address,
    billing_address: purchase.billing_address,
    shipping_option_id: purchase.shipping_option_id,
    origin_order_id: purchase.order_id,
    started_at: purchase.started_at,
    trial_ends_at: schedule.trial_ends_at?.toISOString() ?? null,
    min_cycles: plan.min_cycles,
    max_cycles: agreedLength(plan, prepaid),
    prepaid_cycles: prepaid,
    prepaid_left: prepaid === null || trialDays > 0 ? 0 : prepaid - 1,
    items: bought.map(({ line, row }) => ({
      product_id: row.product_id,
      variant_id: row.variant_id,
      title: line.title,
      quantity: line.quantity,
      unit_price: row.recurring_unit_price,
      list_unit_price: row.list_unit_price,
      is_tax_inclusive: row.is_tax_inclusive,
      origin_line_item_id: line.id,
      tax_rate: line.tax_rate,
    })),
    cycles: cyclesOf(purchase, plan, schedule, bought),
  }
}

function statusOf(
  isTrial: boolean,
  plan: SubscriptionPlanDTO,
  payment: PaymentSource
): SubscriptionStatus {
  const mayWait = isTrial && !plan.trial_requires_payment_method
  if (!payment.is_usable && !mayWait) {
    return "incomplete"
  }
  return isTrial ? "trialing" : "active"
}

/**
 * Cycle 0, which checkout paid (or the trial), and cycle 1, the first renewal.
 * A plan of one period has a second cycle as well: when it is due, the
 * subscription expires instead of being charged.
 */
function cyclesOf(
  purchase: Purchase,
  plan: SubscriptionPlanDTO,
  schedule: NewSchedule,
  bought: MatchedLine[]
): SubscriptionCycleDraft[] {
  const { initial_period: initial, period_offset: offset } = schedule
  const start = initial.start.toISOString()
  const amount = amountOf(purchase, bought)
  const first: SubscriptionCycleDraft = {
    sequence: 0,
    period_index: offset - 1,
    status: "completed",
    period_start: start,
    period_end: initial.end.toISOString(),
    due_at: start,
    next_attempt_at: null,
    amount,
    order_id: purchase.order_id,
    paid_at: amount > 0 ? purchase.started_at : null,
    completed_at: purchase.started_at,
  }
  const period = cyclePeriod(
    {
      timezone: purchase.timezone,
      interval: plan.interval,
      interval_count: plan.interval_count,
      anchor_at: schedule.anchor_at,
      anchor_day_of_month: schedule.anchor_day_of_month,
    },
    offset
  )
  const due = period.start.toISOString()
  return [
    first,
    {
      sequence: 1,
      period_index: offset,
      status: "scheduled",
      period_start: due,
      period_end: period.end.toISOString(),
      due_at: due,
      next_attempt_at: due,
      amount: null,
      order_id: null,
      paid_at: null,
      completed_at: null,
    },
  ]
}

/**
 * What was paid for the plan's lines with their setup fees. Shipping is the
 * order's, not theirs.
 */
function amountOf(purchase: Purchase, bought: MatchedLine[]): number {
  const rows = new Set(bought.map(({ row }) => row.id))
  const fees = purchase.lines.filter(
    ({ variant_id, metadata }) =>
      variant_id === null && rows.has(String(metadata?.[SETUP_FEE_POINTER]))
  )
  const sum = [...bought.map(({ line }) => line), ...fees].reduce(
    (total, line) => total + line.total,
    0
  )
  return roundMoney(sum, currencyDecimals(purchase.currency_code))
}
