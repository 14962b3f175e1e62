import type { SessionStatus } from "../../types/portal-session"
import type { AdminSubscriptionView } from "../../types/subscription-http"
import type {
  AttemptStatus,
  CycleStatus,
  PlanStatus,
  SubscriptionStatus,
} from "../../types/subscription"

/** Green: all is well. Blue: under way. Orange: look at it. Red: it failed. */
export type StatusColor = "green" | "blue" | "orange" | "red" | "grey"

export const SUBSCRIPTION_COLORS: Record<SubscriptionStatus, StatusColor> = {
  incomplete: "orange",
  trialing: "blue",
  active: "green",
  past_due: "red",
  paused: "orange",
  canceled: "grey",
  expired: "grey",
}

export type Stand = Pick<
  AdminSubscriptionView,
  | "status"
  | "parked_at"
  | "cancel_at_period_end"
  | "cancel_at"
  | "resumes_at"
  | "ended_at"
>

/** A badge: its colour, its text in `status`, and the date in that. */
export function standOf(subscription: Stand): {
  color: StatusColor
  name: string
  date?: string
} {
  const { status, parked_at, cancel_at_period_end, ended_at } = subscription
  const { cancel_at, resumes_at } = subscription
  const color = SUBSCRIPTION_COLORS[status]
  if (parked_at && !ended_at) {
    return { color: "red", name: "parked" }
  }
  if (cancel_at_period_end && !ended_at) {
    return cancel_at
      ? { color: "grey", name: "endsOn", date: cancel_at }
      : { color: "grey", name: "ending" }
  }
  return status === "paused" && resumes_at
    ? { color, name: "pausedUntil", date: resumes_at }
    : { color, name: status }
}

export const CYCLE_COLORS: Record<CycleStatus, StatusColor> = {
  scheduled: "grey",
  claimed: "blue",
  priced: "blue",
  charging: "blue",
  unknown: "orange",
  action_required: "orange",
  retry_scheduled: "orange",
  paid: "green",
  completed: "green",
  uncollectible: "red",
  skipped: "grey",
  canceled: "grey",
}

export const ATTEMPT_COLORS: Record<AttemptStatus, StatusColor> = {
  started: "blue",
  succeeded: "green",
  declined: "red",
  action_required: "orange",
  unknown: "orange",
}

export const PLAN_COLORS: Record<PlanStatus, StatusColor> = {
  active: "green",
  archived: "grey",
}

export const SESSION_COLORS: Record<SessionStatus, StatusColor> = {
  pending: "orange",
  active: "green",
  completed: "grey",
  expired: "grey",
  revoked: "red",
}
