import type {
  CustomerAction,
  CustomerActions,
  CycleStatus,
  SubscriptionStatus,
} from "../../../types/subscription"
import {
  SUBSCRIPTION_ACTIONS,
  type ActionRefusal,
  type AvailableAction,
  type SubscriptionAction,
} from "../../../types/available-actions"
import { subscriptionMachine } from "./subscription-machine"

/** What the possible actions depend on. */
export type ActionState = {
  status: SubscriptionStatus
  cancel_at_period_end: boolean
  is_parked: boolean
  /** What the plan lets its customers do; a missing entry is a no. */
  customer_actions: Partial<CustomerActions>
  /** Status of the period that is open, null where none is. */
  cycle_status: CycleStatus | null
  /** Status of a change whose charge is open; null where there is none. */
  change_status: CycleStatus | null
  /** Coming periods that are left out. */
  skipped_cycles: number
  /** Several periods are paid at once; left out: they are not. */
  is_prepaid?: boolean
}

type Rule = {
  /** The plan's permission. Without one, every plan allows it. */
  permission?: CustomerAction
  statuses: readonly SubscriptionStatus[]
  /** Refusals beyond status and plan, in the order in which they are told. */
  refuse?: (state: ActionState) => ActionRefusal | undefined
}

const NOT_ENDED = [
  "incomplete",
  "trialing",
  "active",
  "past_due",
  "paused",
] as const satisfies SubscriptionStatus[]

/** A worker has the period: moments later it is settled. */
const UNDER_WAY: readonly (CycleStatus | null)[] = [
  "claimed",
  "priced",
  "charging",
  "paid",
]

/** The same, or only the provider knows. */
const IN_PROGRESS: readonly (CycleStatus | null)[] = [...UNDER_WAY, "unknown"]

const FAILED: readonly (CycleStatus | null)[] = [
  "retry_scheduled",
  "action_required",
  "uncollectible",
]

const RULES: Record<SubscriptionAction, Rule> = {
  change_items: {
    permission: "change_items",
    statuses: ["trialing", "active"],
    refuse: (state) =>
      ending(state) ?? parked(state) ?? inProgress(state) ?? prepaid(state),
  },
  change_plan: {
    permission: "change_plan",
    statuses: ["trialing", "active"],
    refuse: (state) =>
      ending(state) ?? parked(state) ?? inProgress(state) ?? prepaid(state),
  },
  pause: {
    permission: "pause",
    // A trial has no charge yet that a pause could hold off.
    statuses: ["active", "past_due"],
    refuse: (state) => ending(state) ?? underWay(state) ?? changing(state),
  },
  // Also for a plan without "pause": a failed payment or the store may have
  // paused it, and nobody else would wake it.
  resume: {
    statuses: subscriptionMachine.sources("resume"),
    // Where it ends anyway, the end has to be undone first.
    refuse: (state) => ending(state) ?? parked(state) ?? inProgress(state),
  },
  skip: { permission: "skip", statuses: ["active"], refuse: nextCharge },
  unskip: {
    permission: "skip",
    statuses: ["active"],
    refuse: (state) =>
      nextCharge(state) ??
      (state.skipped_cycles > 0 ? undefined : "nothing_skipped"),
  },
  reschedule: {
    permission: "reschedule",
    statuses: ["active"],
    refuse: nextCharge,
  },
  order_now: {
    permission: "order_now",
    statuses: ["active"],
    refuse: nextCharge,
  },
  // Who may change what every order has may add something to one.
  add_once: {
    permission: "change_items",
    statuses: ["trialing", "active"],
    refuse: nextCharge,
  },
  change_address: {
    permission: "change_address",
    statuses: NOT_ENDED,
    refuse: (state) => underWay(state) ?? changing(state),
  },
  change_payment_method: {
    permission: "change_payment_method",
    statuses: NOT_ENDED,
    // What is under way is paid with the method that it began with.
    refuse: underWay,
  },
  retry_payment: {
    statuses: ["incomplete", "past_due"],
    refuse: (state) => parked(state) ?? inProgress(state) ?? failed(state),
  },
  cancel: {
    permission: "cancel",
    statuses: subscriptionMachine.sources("cancel"),
    refuse: (state) => ending(state) ?? underWay(state),
  },
  reactivate: {
    statuses: NOT_ENDED,
    refuse: ({ cancel_at_period_end }) =>
      cancel_at_period_end ? undefined : "not_ending",
  },
  // A new one, made from what this one was.
  resubscribe: { statuses: subscriptionMachine.final },
}

/**
 * Every action, and whether it may be done now, or why not.
 *
 * @param options.ignorePlan - as of {@link refusalOf}
 *
 * @example
 * availableActions({ ...state, status: "paused" })
 *   .find(({ action }) => action === "skip")
 * // { action: "skip", allowed: false, reason: "status" }
 */
export function availableActions(
  state: ActionState,
  options?: { ignorePlan?: boolean }
): AvailableAction[] {
  return SUBSCRIPTION_ACTIONS.map((action) => {
    const reason = refusalOf(action, state, options)
    return reason
      ? { action, allowed: false, reason }
      : { action, allowed: true }
  })
}

/**
 * Why an action is not possible now; undefined where it is.
 *
 * @param options.ignorePlan - for staff, who may do what a plan does not offer
 */
export function refusalOf(
  action: SubscriptionAction,
  state: ActionState,
  { ignorePlan = false }: { ignorePlan?: boolean } = {}
): ActionRefusal | undefined {
  const { permission, statuses, refuse } = RULES[action]
  const mayNot = permission && state.customer_actions[permission] !== true
  if (mayNot && !ignorePlan) {
    return "not_offered"
  }
  return statuses.includes(state.status) ? refuse?.(state) : "status"
}

function ending(state: ActionState): ActionRefusal | undefined {
  return state.cancel_at_period_end ? "ending" : undefined
}

/** What is paid for is delivered as it was agreed. */
function prepaid(state: ActionState): ActionRefusal | undefined {
  return state.is_prepaid ? "prepaid" : undefined
}

function parked(state: ActionState): ActionRefusal | undefined {
  return state.is_parked ? "parked" : undefined
}

function underWay({
  cycle_status,
  change_status,
}: ActionState): ActionRefusal | undefined {
  return UNDER_WAY.includes(cycle_status) || UNDER_WAY.includes(change_status)
    ? "charge_in_progress"
    : undefined
}

function inProgress(state: ActionState): ActionRefusal | undefined {
  return IN_PROGRESS.includes(state.cycle_status)
    ? "charge_in_progress"
    : changing(state)
}

/** One that waits for the customer's bank can be dropped, or waited for. */
function changing({ change_status }: ActionState): ActionRefusal | undefined {
  return change_status === null ? undefined : "charge_in_progress"
}

function failed({ cycle_status }: ActionState): ActionRefusal | undefined {
  return FAILED.includes(cycle_status) ? undefined : "nothing_to_pay"
}

/** Only a charge that waits for its date can be moved, skipped or brought on. */
function nextCharge(state: ActionState): ActionRefusal | undefined {
  const reason = ending(state) ?? parked(state) ?? inProgress(state)
  if (reason) {
    return reason
  }
  return state.cycle_status === "scheduled" ? undefined : "no_next_charge"
}
