import type { ClosedCycle } from "../../modules/subscription/queries/close-claimed"
import type { TimelineEntry } from "../../modules/subscription/queries/write-events"
import type { DunningEnd } from "../../types/dunning"
import { PortalSubscriptionEvents } from "../../types/events"
import type { PortalSubscriptionEvent } from "../../types/events"
import { endEntry } from "./after-failure"
import type { Batch, Renewal } from "./batch"
import { emitEvents } from "./emit-events"
import { nextCycleOf } from "./next-cycle"

const DAY_MS = 24 * 60 * 60 * 1000

/** Why a claimed cycle is not charged. */
export type ClosingReason =
  | { kind: "ended"; status: "canceled" | "expired" }
  /** The subscription is paused, parked or otherwise out of billing. */
  | { kind: "held" }
  | { kind: "parked" }
  /** Out of stock, and the plan leaves the period out. */
  | { kind: "skipped" }
  /** Out of stock, and the plan waits a day. */
  | { kind: "waiting_for_stock" }
  /** Out of stock, and the plan pauses the subscription. */
  | { kind: "paused_for_stock" }
  /** The period has no price or no shipping: a person has to mend that. */
  | { kind: "unpriceable"; code: string }
  /** The payment method was refused for good, and nobody gave another one in time. */
  | { kind: "given_up"; at_end: DunningEnd }

type Closing = { renewal: Renewal; reason: ClosingReason }

const EVENT: Partial<Record<ClosingReason["kind"], PortalSubscriptionEvent>> = {
  parked: PortalSubscriptionEvents.PARKED,
  skipped: PortalSubscriptionEvents.SKIPPED,
  paused_for_stock: PortalSubscriptionEvents.PAUSED,
  unpriceable: PortalSubscriptionEvents.PAYMENT_FAILED,
}

/**
 * Ends the work on claimed cycles that are not charged now: the cycle, what it
 * means for the subscription, the cycle that follows, timeline and events.
 */
export async function closeRenewals(
  batch: Batch,
  closings: Closing[]
): Promise<void> {
  if (!closings.length) {
    return
  }
  const { subscriptions, worker, now } = batch
  // Before the cycles are closed: nobody comes back to a closed one.
  const news = closings.filter(isNews)
  const written = await subscriptions.writeTimeline(
    news.map((closing) => timelineEntry(closing, now))
  )
  const next = closings
    .filter(({ reason }) => reason.kind === "skipped")
    .map(({ renewal }) => nextCycleOf(renewal))
  if (next.length) {
    // Before the cycle is closed: a crash in between repeats both.
    await subscriptions.scheduleCycles(next)
  }
  await subscriptions.closeClaimedCycles({
    worker,
    now,
    cycles: closings.map((closing) => closedCycle(closing, now)),
  })
  const ids = new Map(written.map(({ dedupe_key, id }) => [dedupe_key, id]))
  await emitEvents(
    batch.container,
    news.flatMap((closing) => {
      const name = eventOf(closing.reason)
      const { id } = closing.renewal.subscription
      const entry_id = ids.get(keyOf(closing))
      return name ? [{ name, data: { id, ...(entry_id && { entry_id }) } }] : []
    })
  )
  const sent = written.filter(({ event_name }) => event_name !== null)
  if (sent.length) {
    await subscriptions.markEventsSent(sent.map(({ id }) => id))
  }
}

/**
 * The last period of a subscription that somebody ended before was told of then: a
 * charge that was under way, and was refused or paid after it, ends nothing anew.
 */
function isNews({ renewal, reason }: Closing): boolean {
  const { status } = renewal.subscription
  return reason.kind !== "ended" || reason.status !== status
}

function eventOf(reason: ClosingReason): PortalSubscriptionEvent | undefined {
  if (reason.kind === "ended") {
    return reason.status === "canceled"
      ? PortalSubscriptionEvents.CANCELED
      : PortalSubscriptionEvents.EXPIRED
  }
  return reason.kind === "given_up"
    ? endEntry(reason.at_end).event_name
    : EVENT[reason.kind]
}

function closedCycle({ renewal, reason }: Closing, now: Date): ClosedCycle {
  const { cycle, subscription } = renewal
  const closed: ClosedCycle = {
    id: cycle.id,
    subscription_id: subscription.id,
    status: "retry_scheduled",
    next_attempt_at: null,
    failure_code: null,
    stock_wait: false,
    subscription_status: null,
    parked_reason: null,
  }
  const tomorrow = new Date(now.getTime() + DAY_MS)
  switch (reason.kind) {
    case "ended":
      return {
        ...closed,
        status: "canceled",
        subscription_status: reason.status,
      }
    case "held":
      return closed
    case "parked":
      return { ...closed, parked_reason: "charged_twice_within_safety_bound" }
    case "skipped":
      return {
        ...closed,
        status: "skipped",
        failure_code: "insufficient_stock",
      }
    case "waiting_for_stock":
      return {
        ...closed,
        next_attempt_at: tomorrow,
        failure_code: "insufficient_stock",
        stock_wait: true,
      }
    case "paused_for_stock":
      return {
        ...closed,
        failure_code: "insufficient_stock",
        subscription_status: "paused",
      }
    case "given_up":
      return { ...closed, ...givenUp(renewal, reason.at_end) }
    case "unpriceable":
      return {
        ...closed,
        next_attempt_at: tomorrow,
        failure_code: reason.code,
      }
  }
}

function givenUp(
  { cycle: { failure_code } }: Renewal,
  at_end: DunningEnd
): Partial<ClosedCycle> {
  switch (at_end) {
    case "cancel":
      return {
        status: "canceled",
        failure_code,
        subscription_status: "canceled",
      }
    case "pause":
      return {
        status: "uncollectible",
        failure_code,
        subscription_status: "paused",
      }
    case "unpaid":
      return { status: "uncollectible", failure_code }
  }
}

function dataOf(reason: ClosingReason): TimelineEntry["data"] {
  if (reason.kind === "given_up") {
    return { reason: "payment_failed", at_end: reason.at_end }
  }
  return "code" in reason ? { failure_code: reason.code } : null
}

function timelineEntry(closing: Closing, now: Date): TimelineEntry {
  const {
    renewal: { cycle, subscription },
    reason,
  } = closing
  return {
    subscription_id: subscription.id,
    cycle_id: cycle.id,
    type:
      reason.kind === "given_up" ? endEntry(reason.at_end).type : reason.kind,
    actor_type: "system",
    data: dataOf(reason),
    dedupe_key: keyOf(closing),
    occurred_at: now,
    event_name: eventOf(reason),
  }
}

/** Waiting happens once a day; all else once. */
function keyOf({ renewal: { cycle }, reason }: Closing): string {
  return [cycle.id, reason.kind, cycle.stock_waits, cycle.attempt].join(":")
}
