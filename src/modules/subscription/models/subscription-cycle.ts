import { model } from "@medusajs/framework/utils"
import { CYCLE_KINDS, CYCLE_STATUSES } from "../../../types/subscription"
import PortalSubscription from "./subscription"

/**
 * One period of one subscription, or a change within one, and everything that is
 * known of its charge. Periods are unique by (subscription, sequence): each is
 * charged at most once. One change at most is open.
 */
const PortalSubscriptionCycle = model.define("portal_subscription_cycle", {
  id: model.id({ prefix: "scyc" }).primaryKey(),
  /** A change has the sequence and the index of the period that comes next. */
  kind: model.enum([...CYCLE_KINDS]).default("renewal"),
  /** What is written when a change is paid; see `StoredChange`. */
  change: model.json().nullable(),
  /** The change whose charge is open: nobody takes the period before it is over. */
  held_by: model.text().nullable(),
  /** 0 is the period that checkout paid. */
  sequence: model.number(),
  /** The `n` of the billing calendar at which the period starts. */
  period_index: model.number(),
  status: model.enum([...CYCLE_STATUSES]),
  period_start: model.dateTime(),
  period_end: model.dateTime(),
  due_at: model.dateTime(),
  /** When the next worker may take the cycle; null while nothing is to be done. */
  next_attempt_at: model.dateTime().nullable(),
  /** Real time until which `claimed_by` alone works on the cycle. */
  claimed_until: model.dateTime().nullable(),
  claimed_by: model.text().nullable(),
  attempt: model.number().default(0),
  /** Days that a cycle has waited for stock. */
  stock_waits: model.number().default(0),
  currency_code: model.text(),
  /** What is charged, in the currency's major unit, as the provider charges it. */
  amount: model.bigNumber().nullable(),
  /** The priced order of the period; see `CycleQuote`. */
  quote: model.json().nullable(),
  /** Fixed when the cycle is priced, so that making the order twice is one order. */
  order_id: model.text().nullable(),
  payment_collection_id: model.text().nullable(),
  payment_session_id: model.text().nullable(),
  provider_id: model.text().nullable(),
  /** The provider's own id of the payment (Stripe: the PaymentIntent). */
  provider_payment_id: model.text().nullable(),
  /** The payment method that the bank refused for good; see `isBlocked`. */
  blocked_method: model.text().nullable(),
  /** How often in a row the way to the provider failed. */
  provider_failures: model.number().default(0),
  failure_code: model.text().nullable(),
  failure_message: model.text().nullable(),
  paid_at: model.dateTime().nullable(),
  completed_at: model.dateTime().nullable(),
  /** When the provider was told that a canceled cycle's payment is void. */
  payment_voided_at: model.dateTime().nullable(),
  /** When the events of the renewal went out; null until then, see `settle`. */
  events_emitted_at: model.dateTime().nullable(),
  /** Whether `remind_at` stands; a new date of the charge takes it back. */
  reminder_planned: model.boolean().default(false),
  /** When the customer is reminded of the charge; null: not, or not any more. */
  remind_at: model.dateTime().nullable(),
  reminded_at: model.dateTime().nullable(),
  subscription: model.belongsTo(() => PortalSubscription, {
    mappedBy: "cycles",
  }),
})

export default PortalSubscriptionCycle
