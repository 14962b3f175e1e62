import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import {
  cyclePeriod,
  newSchedule,
} from "../../modules/subscription/domain/billing-schedule"
import { agreedLength } from "../../modules/subscription/domain/prepaid"
import type { SubscriptionDraft } from "../../modules/subscription/queries/insert-subscription"
import type { CycleQuote } from "../../types/quote"
import type { SubscriptionPlanDTO } from "../../types/subscription"
import { addressSnapshot } from "./address-snapshot"
import type { Agreement } from "./load-agreement"

/**
 * The subscription that an agreement makes. Its first period begins at the first
 * charge, or at the plan's fixed day after that. Pure.
 */
export function prepareAgreedDraft(agreement: Agreement): SubscriptionDraft {
  const { input, plan, now, timezone } = agreement
  const first = input.first_charge_at ?? now
  const rule = {
    timezone,
    interval: plan.interval,
    interval_count: plan.interval_count,
  }
  const { anchor_at, anchor_day_of_month } = newSchedule({
    ...rule,
    started_at: first,
    trial_days: 0,
    anchor_type: plan.anchor_type,
    anchor_day: plan.anchor_day,
  })
  const period = cyclePeriod({ ...rule, anchor_at, anchor_day_of_month }, 0)
  const due = period.start.toISOString()
  const { provider_id, account_holder_id, payment_method_id } = input.payment
  return {
    status: input.payment.is_usable ? "active" : "incomplete",
    customer_id: input.customer_id,
    email: agreement.email,
    plan_id: plan.id,
    currency_code: agreement.currency_code,
    region_id: input.region_id,
    sales_channel_id: agreement.sales_channel_id,
    locale: input.locale ?? null,
    ...rule,
    anchor_at: anchor_at.toISOString(),
    anchor_day_of_month,
    period_offset: 0,
    provider_id,
    account_holder_id,
    payment_method_id,
    shipping_address: addressSnapshot(input.shipping_address),
    billing_address: addressSnapshot(input.billing_address),
    shipping_option_id: input.shipping_option_id ?? null,
    origin_order_id: null,
    creation_key: input.idempotency_key ?? null,
    ...(input.resubscribed_from_id && {
      resubscribed_from_id: input.resubscribed_from_id,
    }),
    started_at: (input.started_at ?? now).toISOString(),
    trial_ends_at: null,
    min_cycles: plan.min_cycles,
    max_cycles: agreedLength(plan, plan.prepaid_cycles),
    prepaid_cycles: plan.prepaid_cycles,
    prepaid_left: 0,
    metadata: input.metadata ?? null,
    items: agreement.items.map((item) => ({
      ...item,
      origin_line_item_id: null,
    })),
    cycles: [
      {
        // No checkout has paid a period, so there is no cycle 0.
        sequence: 1,
        period_index: 0,
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
    ],
  }
}

/** The draft as billing will read it, so that it can be priced before it exists. */
export function asBilled(
  draft: SubscriptionDraft,
  plan: SubscriptionPlanDTO
): BillingSubscription {
  const { items, cycles: _, ...columns } = draft
  return {
    ...columns,
    id: "new",
    anchor_at: new Date(draft.anchor_at),
    started_at: new Date(draft.started_at),
    anchor_index: 0,
    pending_change: null,
    pending_plan: null,
    paid_period: null,
    credit_balance: 0,
    trial_ends_at: null,
    paused_at: null,
    ended_at: null,
    resumes_at: null,
    cancel_at_period_end: false,
    cancel_at: null,
    discount_percent: null,
    discount_cycles_left: null,
    accepted_offer_ids: [],
    parked_at: null,
    plan,
    items: items.map((item, index) => ({ ...item, id: String(index) })),
    paid_cycles: 0,
    last_charged_at: null,
  }
}

/** The draft with the taxes of its first charge, which figures need until then. */
export function withTaxRates(
  draft: SubscriptionDraft,
  quote: CycleQuote
): SubscriptionDraft {
  return {
    ...draft,
    items: draft.items.map((item, index) => ({
      ...item,
      tax_rate:
        quote.items
          .find((line) => line.subscription_item_id === String(index))
          ?.tax_lines.reduce((sum, tax) => sum + tax.rate, 0) ?? null,
    })),
  }
}
