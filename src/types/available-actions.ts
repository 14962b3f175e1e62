/* What can be done with a subscription, and why something cannot. */

/** What a customer can do with a subscription. */
export const SUBSCRIPTION_ACTIONS = [
  "change_items",
  "change_plan",
  "pause",
  "resume",
  "skip",
  "unskip",
  "reschedule",
  "order_now",
  "add_once",
  "change_address",
  "change_payment_method",
  "retry_payment",
  "cancel",
  "reactivate",
  "resubscribe",
] as const
export type SubscriptionAction = (typeof SUBSCRIPTION_ACTIONS)[number]

/** Why a customer cannot do something now. */
export const ACTION_REFUSALS = [
  /** The plan does not offer it. */
  "not_offered",
  /** The subscription's status does not allow it. */
  "status",
  /** The subscription ends with its period. */
  "ending",
  /** Nothing was canceled that could be undone. */
  "not_ending",
  /** No charge has failed. */
  "nothing_to_pay",
  /** There is no coming charge that it could change. */
  "no_next_charge",
  /** No coming period is left out. */
  "nothing_skipped",
  /** A charge is under way; a moment later it is known. */
  "charge_in_progress",
  /** The store stopped all charges and looks at it. */
  "parked",
  /** The coming periods are paid already, as they are. */
  "prepaid",
] as const
export type ActionRefusal = (typeof ACTION_REFUSALS)[number]

export type AvailableAction = {
  action: SubscriptionAction
  allowed: boolean
  reason?: ActionRefusal
}
