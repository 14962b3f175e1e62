import type {
  AdminCycleView,
  AdminTimelineEntryView,
  CycleView,
  TimelineEntryView,
} from "../../../types/subscription-history-http"

/**
 * What of an entry's data is a customer's to see. A list of what is shown, not of
 * what is hidden: whoever adds an entry for the admin shows nothing by accident.
 */
const SHOWN = [
  "amount",
  "attempt",
  "currency_code",
  "ends_at",
  "failure_code",
  "next_attempt_at",
  "order_id",
  "period_end",
  "period_start",
  "quantity",
  "sequence",
  "subscription_id",
  "title",
  "trial_ends_at",
] as const

/**
 * Refusals that must look like any other to whoever holds the card.
 * @see https://docs.stripe.com/declines/codes
 */
const SECRET_REFUSALS: ReadonlySet<string> = new Set([
  "fraudulent",
  "lost_card",
  "merchant_blacklist",
  "pickup_card",
  "restricted_card",
  "security_violation",
  "stolen_card",
])

/** A cycle as its customer sees it: nothing of the provider's or the workers'. */
export function customerCycle(cycle: AdminCycleView<Date>): CycleView<Date> {
  return {
    id: cycle.id,
    kind: cycle.kind,
    sequence: cycle.sequence,
    status: cycle.status,
    period_start: cycle.period_start,
    period_end: cycle.period_end,
    due_at: cycle.due_at,
    next_attempt_at: cycle.next_attempt_at,
    attempt: cycle.attempt,
    currency_code: cycle.currency_code,
    amount: cycle.amount,
    order_id: cycle.order_id,
    failure_code: customerFailure(cycle.failure_code),
    paid_at: cycle.paid_at,
    completed_at: cycle.completed_at,
  }
}

/** A timeline entry as the customer sees it: not which of the staff did it. */
export function customerTimelineEntry(
  entry: AdminTimelineEntryView<Date>
): TimelineEntryView<Date> {
  const { id, type, actor_type, cycle_id, data, occurred_at } = entry
  return {
    id,
    type,
    actor_type,
    cycle_id,
    data: data && shown(data),
    occurred_at,
  }
}

function shown(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    SHOWN.flatMap((key) =>
      Object.hasOwn(data, key)
        ? [
            [
              key,
              key === "failure_code" ? customerFailure(data[key]) : data[key],
            ],
          ]
        : []
    )
  )
}

/** A refusal as whoever holds the card may read it. */
export function customerFailure<Code>(code: Code): Code | "card_declined" {
  return typeof code === "string" && SECRET_REFUSALS.has(code)
    ? "card_declined"
    : code
}
