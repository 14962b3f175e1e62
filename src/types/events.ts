/**
 * Events that the plugin emits, each with `{ id }` of the subscription. They are
 * for mails, licenses and a merchant's own code: nothing that must happen hangs
 * on them alone.
 */
export const PortalSubscriptionEvents = Object.freeze({
  /** A purchase, or an admin, made a subscription. */
  CREATED: "portal.subscription.created",
  /** A period was charged and its order placed. */
  RENEWED: "portal.subscription.renewed",
  /** A charge was declined. */
  PAYMENT_FAILED: "portal.subscription.payment_failed",
  /** The customer's bank asks for the customer (3-D Secure). */
  ACTION_REQUIRED: "portal.subscription.action_required",
  /** No try is planned any more, and the subscription stays past due. */
  UNPAID: "portal.subscription.unpaid",
  PAUSED: "portal.subscription.paused",
  RESUMED: "portal.subscription.resumed",
  /** It ends with its period; until then it can be kept. */
  CANCEL_SCHEDULED: "portal.subscription.cancel_scheduled",
  /** Later orders go to another address. */
  ADDRESS_CHANGED: "portal.subscription.address_changed",
  /** Something comes once, with the next order. */
  ONE_OFF_ADDED: "portal.subscription.one_off_added",
  /** It does not come after all. */
  ONE_OFF_REMOVED: "portal.subscription.one_off_removed",
  /** It is paid with another method from now on. */
  PAYMENT_METHOD_CHANGED: "portal.subscription.payment_method_changed",
  /** Items or plan are others from now on. */
  CHANGED: "portal.subscription.changed",
  /** They will be with the next period; until then it can be dropped. */
  CHANGE_SCHEDULED: "portal.subscription.change_scheduled",
  /** A change that waited was dropped, by somebody or because nobody confirmed it. */
  CHANGE_DROPPED: "portal.subscription.change_dropped",
  /** The charge of a change was refused: nothing has changed. */
  CHANGE_FAILED: "portal.subscription.change_failed",
  /** A cancellation was undone. */
  REACTIVATED: "portal.subscription.reactivated",
  /** One that had ended begins again: `{ id }` of the ended one. */
  RESUBSCRIBED: "portal.subscription.resubscribed",
  /** A customer who came to cancel took an offer instead. */
  OFFER_ACCEPTED: "portal.subscription.offer_accepted",
  CANCELED: "portal.subscription.canceled",
  /** The agreed number of periods is over. */
  EXPIRED: "portal.subscription.expired",
  /** The safety bound stopped all charges until a person looks at it. */
  PARKED: "portal.subscription.parked",
  /** A period was left out. */
  SKIPPED: "portal.subscription.skipped",
  /** A period that was left out is charged after all. */
  UNSKIPPED: "portal.subscription.unskipped",
  /** The next charge was moved to another day. */
  RESCHEDULED: "portal.subscription.rescheduled",
  /** Staff looked at a parked one and let its charges go on. */
  UNPARKED: "portal.subscription.unparked",
} as const)

export type PortalSubscriptionEvent =
  (typeof PortalSubscriptionEvents)[keyof typeof PortalSubscriptionEvents]

/**
 * Events of memberships, each with `{ id, customer_id, customer_group_id }`; the id
 * is the subscription's that grants it, or granted it last.
 */
export const PortalMembershipEvents = Object.freeze({
  /** A customer was put into the customer group of a plan. */
  GRANTED: "portal.membership.granted",
  /** A customer was taken out of it: no subscription grants it any more. */
  REVOKED: "portal.membership.revoked",
} as const)

/** Events of signing in, each with `{ id }`; never a token or an address. */
export const PortalAccessEvents = Object.freeze({
  /** Somebody asked for a sign-in mail: `{ id }` of the request. */
  LOGIN_REQUESTED: "portal.login.requested",
} as const)

/** Events of payment methods, without anything of the card. */
export const PortalPaymentMethodEvents = Object.freeze({
  /** One was saved: `{ id, provider_id, customer_id, tenant_id }`. */
  ADDED: "portal.payment_method.added",
  /** One was removed, by the customer: the same. */
  REMOVED: "portal.payment_method.removed",
  /** Too many tries to save one: `{ id, tenant_id }`, the id is the customer's. */
  SETUP_LIMITED: "portal.payment_setup_limited",
} as const)
