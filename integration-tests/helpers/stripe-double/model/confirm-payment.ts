import { serverError } from "../http/errors"
import type { DeclineReason } from "./cards"
import { createCharge, failCharge } from "./charges"
import { declineError } from "./declines"
import { cardStateOf, paymentMethodOf } from "./lookup"
import { requireAction, type ReturnPath } from "./next-action"
import type { PaymentIntent, PaymentMethod } from "./objects"
import { assertUsableBy, attachPaymentMethod } from "./payment-methods"
import { emit, type World } from "./world"

/** How a payment is confirmed. */
export interface Confirmation extends ReturnPath {
  offSession: boolean
  /** Decline instead of asking the customer to authenticate. */
  failOnAction: boolean
}

/**
 * Tries to pay an intent that has a payment method.
 *
 * @throws the decline, after the intent took note of it
 */
export function confirmPayment(
  world: World,
  intent: PaymentIntent,
  methodId: string,
  confirmation: Confirmation
): void {
  const method = paymentMethodOf(world.store, methodId)
  assertUsableBy(world, method, intent.customer)
  intent.last_payment_error = null
  intent.next_action = null
  if (world.store.authenticated.delete(intent.id)) {
    pay(world, intent, method, true)
    return
  }
  if (!needsAuthentication(world, method, confirmation.offSession)) {
    pay(world, intent, method, false)
    return
  }
  if (confirmation.offSession || confirmation.failOnAction) {
    decline(world, intent, method, "authentication_required", false)
  }
  intent.status = "requires_action"
  requireAction(world, intent, confirmation)
  emit(world, "payment_intent.requires_action", intent)
}

/** Charges the card of an intent whose customer is authenticated enough. */
export function pay(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  authenticated: boolean
): void {
  const state = cardStateOf(world.store, method.id)
  const { decline: reason, declineTimes, fault } = state.behaviour
  if (fault?.when === "before") {
    failBefore(world, fault.effect)
  }
  if (reason && state.declined < (declineTimes ?? Infinity)) {
    state.declined += 1
    decline(world, intent, method, reason, authenticated)
  }
  saveForLater(world, intent, method, authenticated)
  succeed(world, intent, method, authenticated)
  if (fault?.when === "after") {
    world.spoilAnswer(fault.effect)
  }
}

function succeed(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  authenticated: boolean
): void {
  const captured = intent.capture_method !== "manual"
  const charge = createCharge(world, intent, method, {
    authenticated,
    captured,
  })
  intent.latest_charge = charge.id
  intent.next_action = null
  intent.status = captured ? "succeeded" : "requires_capture"
  intent.amount_received = captured ? intent.amount : 0
  intent.amount_capturable = captured ? 0 : intent.amount
  emit(world, "charge.succeeded", charge)
  emit(
    world,
    captured
      ? "payment_intent.succeeded"
      : "payment_intent.amount_capturable_updated",
    intent
  )
}

function saveForLater(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  authenticated: boolean
): void {
  const state = cardStateOf(world.store, method.id)
  if (intent.setup_future_usage && intent.customer) {
    attachPaymentMethod(world, method, intent.customer)
    state.setUp ||= authenticated
  }
  state.spent ||= method.customer === null
}

function decline(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  reason: DeclineReason,
  authenticated: boolean
): never {
  const charge = createCharge(world, intent, method, {
    authenticated,
    captured: false,
  })
  const about = { charge: charge.id, payment_method: structuredClone(method) }
  const error = declineError(reason, about)
  failCharge(charge, reason, error)
  intent.latest_charge = charge.id
  intent.last_payment_error = error.body
  intent.payment_method = null
  intent.next_action = null
  intent.status = "requires_payment_method"
  emit(world, "charge.failed", charge)
  emit(world, "payment_intent.payment_failed", intent)
  throw declineError(reason, {
    ...about,
    payment_intent: structuredClone(intent),
  })
}

function needsAuthentication(
  world: World,
  method: PaymentMethod,
  offSession: boolean
): boolean {
  const { behaviour, setUp } = cardStateOf(world.store, method.id)
  switch (behaviour.authentication) {
    case "always":
      return true
    case "until_set_up":
      return !setUp
    case "on_session":
      return !offSession
    default:
      return false
  }
}

function failBefore(world: World, effect: "timeout" | "reset" | "500"): void {
  if (effect !== "500") {
    world.spoilAnswer(effect)
  }
  throw serverError()
}
