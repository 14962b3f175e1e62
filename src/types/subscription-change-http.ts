import type { ChargeResult } from "./subscription-actions-http"
import type { CycleStatus } from "./subscription"
import type {
  AdminSubscriptionDetail,
  SubscriptionDetail,
  SubscriptionPlanSummary,
} from "./subscription-http"

/* What the routes answer by which plan, items or billing day are changed. */

/** When a change takes effect. */
export const CHANGE_TIMES = ["now", "period_end"] as const
export type ChangeTime = (typeof CHANGE_TIMES)[number]

/** Whether the rest of the period is credited and charged. */
export const PRORATIONS = ["prorate", "none"] as const
export type ProrationChoice = (typeof PRORATIONS)[number]

/** What a change costs, and what comes after it. Amounts in major units. */
export type ChangePreview<Time = string> = {
  when: ChangeTime
  /** The moment for which the figures hold: sent back with the change, they stay. */
  at: Time
  /** From when the new terms count. */
  effective_at: Time
  currency_code: string
  /** Back for the unused time, and for the new; before tax where prices are. */
  credit: number
  charge: number
  /** Of the order that is charged now. */
  shipping: number
  tax: number
  /** What is charged now, tax included. */
  due_now: number
  /** What earlier credit pays of it, and what is left for the next charges. */
  credit_used: number
  credit_balance: number
  /** The next charge, under the new terms. */
  next_date: Time | null
  next_amount: number | null
  lines: {
    type: "credit" | "charge"
    subscription_item_id: string
    title: string
    quantity: number
    amount: number
  }[]
}
export type ChangePreviewResponse = { preview: ChangePreview }

/** A change that waits. */
export type PendingChangeView<Time = string> =
  | {
      when: "period_end"
      effective_at: Time | null
      requested_at: Time
      plan: SubscriptionPlanSummary
      items: {
        id: string
        product_id: string
        variant_id: string
        title: string
        quantity: number
        unit_price: number
      }[]
    }
  /** Its charge is under way, or waits for the customer's bank. */
  | { when: "now"; status: CycleStatus; amount: number; requested_at: Time }

/** Answer of a change. */
export type ChangeResponse<Time = string> = {
  subscription: SubscriptionDetail<Time>
  /** The same figures as the preview's. */
  change: ChangePreview<Time>
  /** Null: nothing was due. */
  payment: ChargeResult | null
}

/** The same, for the admin. */
export type AdminChangeResponse<Time = string> = Omit<
  ChangeResponse<Time>,
  "subscription"
> & { subscription: AdminSubscriptionDetail<Time> }
