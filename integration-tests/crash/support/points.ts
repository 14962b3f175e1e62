import type { SqlPoint } from "./sql-point"

/** The points of a renewal that a write to the database marks, in their order. */
export const SQL_POINTS: ({ name: string } & SqlPoint)[] = [
  {
    name: "after the claim",
    ...cycleBecomes("priced"),
  },
  {
    name: "after pricing",
    table: "payment_collection",
    on: "insert",
  },
  {
    name: "after the payment collection",
    table: "payment_session",
    on: "insert",
  },
  {
    name: "after the provider has made the payment",
    table: "payment_session",
    on: "update",
    when: "old.data->>'id' is null and new.data->>'id' is not null",
  },
  {
    name: "after the session row",
    table: "portal_subscription_cycle",
    on: "update",
    when: "old.payment_session_id is null and new.payment_session_id is not null",
  },
  {
    name: "before the attempt is recorded",
    table: "portal_charge_attempt",
    on: "insert",
  },
  {
    name: "after the charge, before its outcome is recorded",
    ...cycleBecomes("paid"),
  },
  {
    name: "after the outcome",
    table: "payment",
    on: "insert",
  },
  {
    name: "between payment and capture",
    table: "capture",
    on: "insert",
  },
  {
    name: "between capture and session",
    table: "payment_session",
    on: "update",
    when: "old.authorized_at is null and new.authorized_at is not null",
  },
  {
    name: "between session and payment collection",
    table: "payment_collection",
    on: "update",
    when: "new.status = 'completed'",
  },
  {
    name: "after the payments are recorded",
    table: "order",
    on: "insert",
  },
  {
    name: "in the middle of the order",
    table: "order_transaction",
    on: "insert",
  },
  {
    name: "after the order",
    table: "order_payment_collection",
    on: "insert",
  },
  {
    name: "after the links",
    table: "reservation_item",
    on: "insert",
  },
  {
    name: "in the middle of the reservation",
    table: "inventory_level",
    on: "update",
  },
  {
    name: "after the reservation, before the cycle is completed",
    ...cycleBecomes("completed"),
  },
  {
    name: "while the next cycle is scheduled",
    table: "portal_subscription_cycle",
    on: "insert",
  },
  {
    name: "while the timeline is written",
    table: "portal_subscription_event",
    on: "insert",
    when: "new.type = 'renewed'",
  },
  {
    name: "after the events",
    table: "portal_subscription_cycle",
    on: "update",
    when: "old.events_emitted_at is null and new.events_emitted_at is not null",
  },
]

/** The points that a request to the provider marks. */
export const PROVIDER_POINTS = [
  {
    name: "while the payment is made, before Stripe has it",
    path: "/v1/payment_intents",
    when: "before",
  },
  {
    name: "while the payment is made, after Stripe has it",
    path: "/v1/payment_intents",
    when: "after",
  },
  {
    name: "during the charge, not charged",
    path: "/v1/payment_intents/{intent}/confirm",
    when: "before",
  },
  {
    name: "during the charge, charged",
    path: "/v1/payment_intents/{intent}/confirm",
    when: "after",
  },
] as const

function cycleBecomes(status: string): SqlPoint {
  return {
    table: "portal_subscription_cycle",
    on: "update",
    when: `new.status = '${status}' and old.status <> '${status}'`,
  }
}
