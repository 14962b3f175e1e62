import type { CancellationReason, RetentionOffer } from "./subscription"
import type {
  AdminSubscriptionDetail,
  SubscriptionDetail,
} from "./subscription-http"

/* What the routes answer by which people change subscriptions. */

/** What became of a charge that somebody asked for. */
export type ChargeResult = {
  status:
    | "paid"
    | "declined"
    /** The customer has to confirm it with the bank. */
    | "action_required"
    /** Nobody knows yet; it is asked for and never charged twice. */
    | "processing"
    /** The provider did not answer: it is tried again by itself. */
    | "not_charged"
  /** With `declined`: why, as the bank or the provider says it. */
  decline_code: string | null
  /** With `action_required`: for Stripe's element in the browser. */
  client_secret: string | null
  /** With `action_required`: where the bank's page leads back to. */
  return_url: string | null
}

/** Answer of what a customer does with a subscription. */
export type SubscriptionActionResponse<Time = string> = {
  subscription: SubscriptionDetail<Time>
  /** Null: the action charges nothing. */
  payment: ChargeResult | null
}

/** The same, for the admin: a client secret is the customer's only. */
export type AdminSubscriptionActionResponse<Time = string> = {
  subscription: AdminSubscriptionDetail<Time>
  payment: ChargeResult | null
}

/** What a customer should know before canceling. */
export type CancellationView<Time = string> = {
  /** The usual way, and when the subscription would end by it. */
  period_end: {
    ends_at: Time
    /** Charges that still come: of a minimum term. */
    charges: { date: Time; amount: number }[]
  }
  /** Ends it at once, without a refund; null: a minimum term still runs. */
  now: { ends_at: Time } | null
  currency_code: string
  /** Periods that the agreement lasts at least, and how many are paid. */
  minimum_term: { cycles: number; paid: number } | null
  reasons: CancellationReason[]
  /** Each can be taken, now. */
  offers: RetentionOffer[]
}
export type CancellationResponse = { cancellation: CancellationView }
