import type { AttemptStatus, CycleKind, CycleStatus } from "./subscription"

/* What the routes answer of what has happened to a subscription. */

/** A billing period in a customer's history. */
export type CycleView<Time = string> = {
  id: string
  /** `change`: not a period, but what a change of the subscription cost. */
  kind: CycleKind
  /** 0 is the period that checkout paid; a change has that of the next one. */
  sequence: number
  status: CycleStatus
  period_start: Time
  period_end: Time
  due_at: Time
  next_attempt_at: Time | null
  attempt: number
  currency_code: string
  amount: number | null
  order_id: string | null
  failure_code: string | null
  paid_at: Time | null
  completed_at: Time | null
}

/** One try to charge a period. */
export type ChargeAttemptView<Time = string> = {
  id: string
  attempt: number
  status: AttemptStatus
  provider_id: string
  payment_method_id: string | null
  amount: number
  currency_code: string
  failure_code: string | null
  failure_message: string | null
  started_at: Time
  finished_at: Time | null
}

/** A billing period in the admin's history. */
export type AdminCycleView<Time = string> = CycleView<Time> & {
  period_index: number
  stock_waits: number
  failure_message: string | null
  payment_collection_id: string | null
  provider_id: string | null
  provider_payment_id: string | null
  attempts: ChargeAttemptView<Time>[]
}

/** An entry of a customer's timeline. */
export type TimelineEntryView<Time = string> = {
  id: string
  type: string
  actor_type: "system" | "customer" | "admin"
  cycle_id: string | null
  data: Record<string, unknown> | null
  occurred_at: Time
}

/** An entry of the admin's timeline. */
export type AdminTimelineEntryView<Time = string> = TimelineEntryView<Time> & {
  actor_id: string | null
}
