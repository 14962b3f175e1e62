import type { PortalErrorCode } from "../errors/codes"
import type {
  CancellationReason,
  CycleStatus,
  SubscriptionStatus,
} from "./subscription"

/* What only staff see of a subscription, and of what they do with it. */

/** What the admin's detail has besides the customer's. */
export type StaffDetail = {
  /** What was given as the reason of a cancellation. */
  cancel_reason_code: CancellationReason | null
  cancel_comment: string | null
  /** An offer that was taken: off the items of so many coming charges. */
  discount_percent: number | null
  discount_cycles_left: number | null
  /** Coming periods that are left out. */
  skipped_cycles: number
}

/** A charge that an action would lead to. */
type PreviewedCharge<Time> = {
  date: Time
  /** The action itself charges it. */
  is_now: boolean
  period_start: Time
  period_end: Time
  /** At today's prices; null where it cannot be priced. */
  amount: number | null
  currency_code: string
}

/** What an action would do. */
export type ActionPreview<Time = string> = {
  status: SubscriptionStatus
  resumes_at: Time | null
  ends_at: Time | null
  /** Null: nothing would be charged by itself. */
  next_charge: PreviewedCharge<Time> | null
  /** The first charge after a pause that ends by itself. */
  after_pause: PreviewedCharge<Time> | null
}

/** Answer of `POST /admin/subscriptions/:id/preview`. */
export type ActionPreviewResponse = { preview: ActionPreview }

/** Answer of `POST /admin/subscriptions/:id/renew`. A decline is an outcome. */
export type RenewResponse = {
  outcome:
    | "paid"
    | "declined"
    | "action_required"
    | "not_charged"
    | "unknown"
    | "not_attempted"
  cycle: { id: string; status: CycleStatus | null }
}

/** What became of one of several subscriptions that were changed together. */
export type BulkResult =
  | { id: string; status: "done" }
  /** Nothing has changed. `unexpected_error`: the log says more. */
  | {
      id: string
      status: "refused"
      code: PortalErrorCode | "unexpected_error"
    }

/** Answer of `POST /admin/subscriptions/bulk`, in the order of the ids. */
export type BulkResponse = {
  done: number
  refused: number
  results: BulkResult[]
}
