import { defineMachine } from "../../../shared/state-machine"
import { CYCLE_STATUSES } from "../../../types/subscription"

/** What can happen to a billing cycle. */
export const CYCLE_EVENTS = [
  /** A worker takes it. */
  "claim",
  /** What is to be charged is known and stored. */
  "price",
  /** The attempt is recorded; the provider is called next. */
  "charge",
  /** The provider has the money, or there was nothing to charge. */
  "succeed",
  /** Refused by the provider; tried again at a later date. */
  "decline",
  /** Refused for the last time. */
  "give_up",
  /** The customer has to authenticate (3-D Secure). */
  "require_action",
  /** Nobody knows whether the provider charged. Ask, never charge again. */
  "lose",
  /** Nothing was charged; another run may take it. */
  "postpone",
  /** The order stands and the next cycle is scheduled. */
  "complete",
  "skip",
  /** A skipped period that has not begun is wanted again. */
  "unskip",
  /** A refused charge is to be tried again, by itself. */
  "retry",
  "cancel",
  /** The charge of a change came to nothing: it is not tried again. */
  "refuse",
] as const
export type CycleEvent = (typeof CYCLE_EVENTS)[number]

const REFUSE_ALL = {
  claim: null,
  price: null,
  charge: null,
  succeed: null,
  decline: null,
  give_up: null,
  require_action: null,
  lose: null,
  postpone: null,
  complete: null,
  skip: null,
  unskip: null,
  retry: null,
  cancel: null,
  refuse: null,
} as const

/**
 * The life of a billing cycle. Money has moved in `paid` and `completed` only;
 * it may have moved in `charging` and `unknown`, which only the provider settles.
 *
 * A late success (a webhook after a refused or lost call) is accepted wherever
 * the same payment may still succeed, also after a cancellation, so that no
 * captured charge stays without its order.
 */
export const cycleMachine = defineMachine({
  name: "billing cycle",
  states: CYCLE_STATUSES,
  events: CYCLE_EVENTS,
  initial: "scheduled",
  final: ["completed"],
  errorCode: "cycle_transition_not_allowed",
  transitions: {
    scheduled: {
      ...REFUSE_ALL,
      claim: "claimed",
      skip: "skipped",
      cancel: "canceled",
    },
    claimed: {
      ...REFUSE_ALL,
      price: "priced",
      decline: "retry_scheduled",
      give_up: "uncollectible",
      postpone: "retry_scheduled",
      skip: "skipped",
      cancel: "canceled",
    },
    priced: {
      ...REFUSE_ALL,
      charge: "charging",
      succeed: "paid",
      decline: "retry_scheduled",
      give_up: "uncollectible",
      postpone: "retry_scheduled",
      refuse: "canceled",
    },
    charging: {
      ...REFUSE_ALL,
      succeed: "paid",
      decline: "retry_scheduled",
      give_up: "uncollectible",
      require_action: "action_required",
      lose: "unknown",
      postpone: "retry_scheduled",
      refuse: "canceled",
    },
    unknown: {
      ...REFUSE_ALL,
      succeed: "paid",
      decline: "retry_scheduled",
      give_up: "uncollectible",
      require_action: "action_required",
      postpone: "retry_scheduled",
      refuse: "canceled",
    },
    action_required: {
      ...REFUSE_ALL,
      claim: "claimed",
      succeed: "paid",
      decline: "retry_scheduled",
      give_up: "uncollectible",
      retry: "retry_scheduled",
      cancel: "canceled",
      refuse: "canceled",
    },
    retry_scheduled: {
      ...REFUSE_ALL,
      claim: "claimed",
      succeed: "paid",
      give_up: "uncollectible",
      skip: "skipped",
      retry: "retry_scheduled",
      cancel: "canceled",
    },
    uncollectible: {
      ...REFUSE_ALL,
      claim: "claimed",
      succeed: "paid",
      retry: "retry_scheduled",
      cancel: "canceled",
    },
    skipped: { ...REFUSE_ALL, unskip: "scheduled" },
    // Its payment is made void, and the customer may have been faster.
    canceled: { ...REFUSE_ALL, succeed: "paid" },
    paid: { ...REFUSE_ALL, complete: "completed" },
  },
})
