import { defineMachine } from "../../../shared/state-machine"
import { SUBSCRIPTION_STATUSES } from "../../../types/subscription"

/** What can happen to a subscription. */
export const SUBSCRIPTION_EVENTS = [
  /** A period was paid. */
  "renew",
  /** A charge was refused or waits for the customer. */
  "fail_payment",
  /** The purchase is complete, its payment method saved: with a trial, or without. */
  "start_trial",
  "complete_setup",
  "pause",
  "resume",
  "cancel",
  /** The agreed number of periods is over. */
  "expire",
] as const
export type SubscriptionEvent = (typeof SUBSCRIPTION_EVENTS)[number]

const live = {
  renew: "active",
  fail_payment: "past_due",
  start_trial: null,
  complete_setup: null,
  pause: "paused",
  resume: null,
  cancel: "canceled",
  expire: "expired",
} as const

/** The life of a subscription. `trialing`, `active` and `past_due` are charged. */
export const subscriptionMachine = defineMachine({
  name: "subscription",
  states: SUBSCRIPTION_STATUSES,
  events: SUBSCRIPTION_EVENTS,
  initial: "incomplete",
  final: ["canceled", "expired"],
  errorCode: "subscription_transition_not_allowed",
  transitions: {
    incomplete: {
      ...live,
      fail_payment: "incomplete",
      start_trial: "trialing",
      complete_setup: "active",
      pause: null,
    },
    trialing: live,
    active: live,
    past_due: live,
    // A charge that was under way when the customer paused may still succeed or
    // fail; neither ends the pause.
    paused: {
      ...live,
      renew: "paused",
      fail_payment: "paused",
      pause: null,
      resume: "active",
    },
  },
})

/** Statuses in which due cycles are charged. */
export const BILLABLE_STATUSES = [
  "incomplete",
  "trialing",
  "active",
  "past_due",
] as const
