import type { SessionStatus } from "../../types/portal-session"
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
