import type { PortalSubscriptionEvent } from "../../../../types/events"
import type { OneOffWrite } from "./add-once"
import type {
  BillingInterval,
  CycleStatus,
  SubscriptionStatus,
} from "../../../../types/subscription"
import type { BillingItem } from "../billing"
import type { PaidPeriod, PendingChange } from "../change/terms"

/** Columns of a subscription that an action may write. */
export type SubscriptionPatch = {
  status?: SubscriptionStatus
  paused_at?: Date | null
  resumes_at?: Date | null
  cancel_at_period_end?: boolean
  cancel_at?: Date | null
  cancel_requested_at?: Date | null
  cancel_reason_code?: string | null
  cancel_comment?: string | null
  canceled_at?: Date
  ended_at?: Date
  discount_percent?: number
  discount_cycles_left?: number
  accepted_offer_ids?: string[]
  plan_id?: string
  interval?: BillingInterval
  interval_count?: number
  anchor_at?: Date
  anchor_index?: number
  anchor_day_of_month?: number | null
  min_cycles?: number | null
  max_cycles?: number | null
  pending_change?: PendingChange | null
  paid_period?: PaidPeriod | null
  shipping_address?: Record<string, unknown>
  shipping_option_id?: string | null
  provider_id?: string
  account_holder_id?: string
  payment_method_id?: string
  parked_at?: null
  parked_reason?: null
}

/** Columns of a cycle that an action may write. */
export type CyclePatch = {
  status?: CycleStatus
  period_index?: number
  period_start?: Date
  period_end?: Date
  due_at?: Date
  next_attempt_at?: Date | null
}

/** A cycle that an action adds. */
export type NewCycle = Required<CyclePatch> & { sequence: number }

/** What an action does, decided and not yet written. */
export type SubscriptionChange = {
  subscription?: SubscriptionPatch
  cycles?: (
    | { id: string; set: CyclePatch }
    | { id: string; remove: true }
    | { add: NewCycle }
  )[]
  one_offs?: OneOffWrite[]
  /** All items from now on; left out: those that there are. */
  items?: BillingItem[]
  /** A change whose charge is open: it is given up. */
  dropped_change_id?: string
  /** Major units, added to the credit balance; below 0: taken from it. */
  credit_added?: number
  /** What the timeline says, in the past tense. */
  entry: {
    type: string
    cycle_id?: string | null
    data?: Record<string, unknown>
    /** The event that goes out; left out: none. */
    event?: PortalSubscriptionEvent
  }
  /** The open cycle is to be charged as soon as this is written. */
  charge_now?: boolean
}
